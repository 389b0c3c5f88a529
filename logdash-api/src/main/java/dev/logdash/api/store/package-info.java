/** Keeping events and finding them again. */
@NullMarked
package dev.logdash.api.store;

import org.jspecify.annotations.NullMarked;
