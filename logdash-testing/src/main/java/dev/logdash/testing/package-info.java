/** Real servers in processes of their own, for tests. */
@NullMarked
package dev.logdash.testing;

import org.jspecify.annotations.NullMarked;
