package dev.logdash.core.parse;

import org.jspecify.annotations.Nullable;

/**
 * What a key of a JSON or logfmt line means.
 *
 * @param own the key as the line has it; names the field where the value does not fit the role
 * @param role how the value is read
 * @param field the ECS name, or {@code own} for keys that are not known
 * @param scale nanoseconds per unit for durations, else 0
 * @param hint what the value may be as well if nothing else in the record says it, or null
 */
record Key(String own, Role role, String field, long scale, @Nullable Key hint) {

  Key(String own, Role role, String field, long scale) {
    this(own, role, field, scale, null);
  }

  /** How the value of a key is read. */
  enum Role {
    /** Kept as it is. */
    PLAIN,
    /** Kept as text, numbers included; a lone dash is no value. */
    TEXT,
    /** Kept as a whole number, digits in a text included. */
    WHOLE,
    MESSAGE,
    /** The message with its arguments in place, which replaces the pattern. */
    FORMATTED_MESSAGE,
    TIME,
    LEVEL,
    /** A number that says the same as a level's text. */
    LEVEL_NUMBER,
    OTEL_NUMBER,
    DURATION,
    STATUS,
    METHOD,
    URL,
    HTTP_VERSION,
    /** As {@code GET /path HTTP/1.1}, or anything else. */
    REQUEST,
    /** An address, or the name of a host. */
    ADDRESS,
    /** An address with or without a port, and nothing else. */
    IP,
    /** A text; a number of milliseconds is a duration, as Heroku's router has it. */
    SERVICE,
    /** A level if it is the word for one. */
    LEVEL_WORD,
    /** The name of a trace, as in {@code projects/shop/traces/ID}. */
    TRACE_PATH,
    /** A place in the code, as in {@code shop/cart.go:42}, kept as it is too. */
    PLACE,
    STACK_TRACE
  }
}
