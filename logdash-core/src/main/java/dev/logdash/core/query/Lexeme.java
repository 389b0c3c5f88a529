package dev.logdash.core.query;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a query.
 *
 * @param text for words and field names as written, escapes included; for quoted texts what they
 *     stand for; for signs the sign
 * @param start where it starts in the query, in UTF-16 units
 * @param tilde the number behind the tilde at its end, empty if there is only the tilde; null if
 *     there is none
 */
record Lexeme(Kind kind, String text, int start, @Nullable String tilde) {

  Lexeme(Kind kind, String text, int start) {
    this(kind, text, start, null);
  }

  enum Kind {
    WORD,
    QUOTED,
    FIELD,
    COMPARISON,
    OPEN,
    CLOSE,
    RANGE_OPEN,
    RANGE_CLOSE,
    MINUS,
    AND,
    OR,
    NOT,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }
}
