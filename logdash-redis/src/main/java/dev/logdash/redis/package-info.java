/** What instances share for a short time, in Redis. */
@NullMarked
package dev.logdash.redis;

import org.jspecify.annotations.NullMarked;
