/** Failures, grouped by what the caller should do about them. */
@NullMarked
package dev.logdash.api.error;

import org.jspecify.annotations.NullMarked;
