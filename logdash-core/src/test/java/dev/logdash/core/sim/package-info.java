/**
 * A deterministic simulation of the road: the production code of the pipeline under a scheduler, a
 * clock, a broker, a disk and stores that fail as a seed says.
 */
@NullMarked
package dev.logdash.core.sim;

import org.jspecify.annotations.NullMarked;
