package dev.logdash.core.spool;

/**
 * What a spool holds, and what happened to it since it was opened.
 *
 * @param bytes what its files take on disk, rounded up
 * @param maxBytes what they may take
 * @param oldestUnacknowledgedNanos when the first record that is not acknowledged was received, in
 *     nanoseconds since 1970; -1 if all are
 * @param appended records taken in
 * @param rejected records refused for their size
 * @param overloaded records of batches that were refused because the spool or its disk was full
 * @param corrupt places where a reader went over damage
 * @param tornBytes what recovery cut off behind the last whole append
 * @param missingSegments files that somebody else removed before they were acknowledged
 * @param forceFailures times that the disk failed to make records safe
 */
public record SpoolStatistics(
    long bytes,
    long maxBytes,
    long oldestUnacknowledgedNanos,
    long appended,
    long rejected,
    long overloaded,
    long corrupt,
    long tornBytes,
    long missingSegments,
    long forceFailures) {}
