/** Files that are followed or imported and streams that are read, line by line, into a sink. */
@NullMarked
package dev.logdash.core.ingest;

import org.jspecify.annotations.NullMarked;
