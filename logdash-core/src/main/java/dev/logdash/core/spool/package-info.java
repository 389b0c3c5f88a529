/** The append-only log on the local disk that everything accepted goes through. */
@NullMarked
package dev.logdash.core.spool;

import org.jspecify.annotations.NullMarked;
