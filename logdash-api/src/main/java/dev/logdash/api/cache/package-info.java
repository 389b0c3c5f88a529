/** What was computed for a dashboard, kept for a short time. */
@NullMarked
package dev.logdash.api.cache;

import org.jspecify.annotations.NullMarked;
