/**
 * Parsers compiled from patterns that people give: {@link
 * dev.logdash.core.parse.pattern.PatternParser}.
 */
@NullMarked
package dev.logdash.core.parse.pattern;

import org.jspecify.annotations.NullMarked;
