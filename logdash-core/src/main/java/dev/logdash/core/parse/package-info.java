/**
 * Parsers of log lines, hand-written over bytes. Depends on the JDK and RE2/J alone, so that it can
 * be reused as it is: {@link dev.logdash.core.parse.Parsers} gives a {@link
 * dev.logdash.core.parse.LineParser}, which writes into a {@link dev.logdash.core.parse.FieldSink}.
 */
@NullMarked
package dev.logdash.core.parse;

import org.jspecify.annotations.NullMarked;
