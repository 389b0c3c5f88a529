/** A real Redis for tests. */
@NullMarked
package dev.logdash.testing.redis;

import org.jspecify.annotations.NullMarked;
