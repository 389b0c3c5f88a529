/** The road from a source to the stores, and what keeps it exact over crashes. */
@NullMarked
package dev.logdash.core.pipeline;

import org.jspecify.annotations.NullMarked;
