/** The way in: sinks that accept records and sources that hand them to the processor. */
@NullMarked
package dev.logdash.api.ingest;

import org.jspecify.annotations.NullMarked;
