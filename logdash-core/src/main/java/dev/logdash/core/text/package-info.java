/** The one rule by which text becomes terms, for every store. */
@NullMarked
package dev.logdash.core.text;

import org.jspecify.annotations.NullMarked;
