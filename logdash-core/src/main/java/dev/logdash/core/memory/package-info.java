/** The stores on the heap: the measure that every other store is held against. */
@NullMarked
package dev.logdash.core.memory;

import org.jspecify.annotations.NullMarked;
