/** What a table remembers of its groups, and the pipes of a query that make one. */
@NullMarked
package dev.logdash.core.table;

import org.jspecify.annotations.NullMarked;
