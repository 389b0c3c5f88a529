/** The Logback appender: from log calls to a sink, without ever holding up a caller. */
@NullMarked
package dev.logdash.logback;

import org.jspecify.annotations.NullMarked;
