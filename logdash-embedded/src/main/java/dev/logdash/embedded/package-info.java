/** Storage that needs no server: events in Lucene, rollups and documents in MVStore. */
@NullMarked
package dev.logdash.embedded;

import org.jspecify.annotations.NullMarked;
