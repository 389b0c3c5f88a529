package dev.logdash.core.pipeline;

import dev.logdash.api.event.RawRecord;

/**
 * A record that is complete, with the lines that belong to it.
 *
 * @param record stands at the place of its first line
 * @param lines how many records of the source it was made of
 * @param repeated whether its producer had sent it before
 */
record JoinedRecord(RawRecord record, int lines, boolean repeated) {}
