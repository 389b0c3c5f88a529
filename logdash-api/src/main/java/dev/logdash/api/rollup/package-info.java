/** Mergeable statistics of series in time windows. */
@NullMarked
package dev.logdash.api.rollup;

import org.jspecify.annotations.NullMarked;
