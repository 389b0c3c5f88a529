/** Whole-process and micro benchmarks, with the peers they are measured against. */
@NullMarked
package dev.logdash.benchmarks;

import org.jspecify.annotations.NullMarked;
