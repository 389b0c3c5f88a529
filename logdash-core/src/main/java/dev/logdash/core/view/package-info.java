/** What a dashboard shows of a query: charts and lists, computed once however many look. */
@NullMarked
package dev.logdash.core.view;

import org.jspecify.annotations.NullMarked;
