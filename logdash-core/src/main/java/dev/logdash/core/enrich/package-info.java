/** Adds to events what their lines do not say: who wrote them, what they belong to. */
@NullMarked
package dev.logdash.core.enrich;

import org.jspecify.annotations.NullMarked;
