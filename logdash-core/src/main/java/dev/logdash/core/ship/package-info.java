/** Bringing what a spool holds to a logdash elsewhere, over HTTP. */
@NullMarked
package dev.logdash.core.ship;

import org.jspecify.annotations.NullMarked;
