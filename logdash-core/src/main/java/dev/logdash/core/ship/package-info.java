/** Bringing what a spool holds to a logdash elsewhere over HTTP, or into another sink. */
@NullMarked
package dev.logdash.core.ship;

import org.jspecify.annotations.NullMarked;
