/** All servers of a full stack, for tests. */
@NullMarked
package dev.logdash.testing.stack;

import org.jspecify.annotations.NullMarked;
