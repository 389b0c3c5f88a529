/** Which physical lines belong to the line before them. */
@NullMarked
package dev.logdash.core.parse.multiline;

import org.jspecify.annotations.NullMarked;
