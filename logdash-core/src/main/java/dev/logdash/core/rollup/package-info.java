/** Statistics kept while logs pass: which series, which windows, and how they are folded. */
@NullMarked
package dev.logdash.core.rollup;

import org.jspecify.annotations.NullMarked;
