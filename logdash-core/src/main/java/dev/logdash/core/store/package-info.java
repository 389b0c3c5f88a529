/** What every store of events decides alike: the names of its indices and what it refuses. */
@NullMarked
package dev.logdash.core.store;

import org.jspecify.annotations.NullMarked;
