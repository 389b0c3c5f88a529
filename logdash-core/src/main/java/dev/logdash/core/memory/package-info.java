/** The ports kept in memory: small, exact, and the measure for every other implementation. */
@NullMarked
package dev.logdash.core.memory;

import org.jspecify.annotations.NullMarked;
