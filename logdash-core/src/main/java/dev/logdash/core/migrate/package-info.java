/** Moving what is stored from one set of stores to another. */
@NullMarked
package dev.logdash.core.migrate;

import org.jspecify.annotations.NullMarked;
