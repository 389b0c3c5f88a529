/** The contract kit: what every implementation of a port must pass, and what tests share. */
@NullMarked
package dev.logdash.tck;

import org.jspecify.annotations.NullMarked;
