/** An emulator of MongoDB for tests. */
@NullMarked
package dev.logdash.testing.mongo;

import org.jspecify.annotations.NullMarked;
