/** From raw records to events, and from events to JSON. */
@NullMarked
package dev.logdash.core.decode;

import org.jspecify.annotations.NullMarked;
