/** Documents as JSON. */
@NullMarked
package dev.logdash.core.json;

import org.jspecify.annotations.NullMarked;
