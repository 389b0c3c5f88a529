/** The query language: its parser, its printer, and what a filter means for one event. */
@NullMarked
package dev.logdash.core.query;

import org.jspecify.annotations.NullMarked;
