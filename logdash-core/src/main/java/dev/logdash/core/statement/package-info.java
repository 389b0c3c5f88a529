/** The statements behind events: counted by the store, put together here. */
@NullMarked
package dev.logdash.core.statement;

import org.jspecify.annotations.NullMarked;
