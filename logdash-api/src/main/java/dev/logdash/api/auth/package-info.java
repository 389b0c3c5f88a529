/** Who asks, and what they may do and see. */
@NullMarked
package dev.logdash.api.auth;

import org.jspecify.annotations.NullMarked;
