package dev.logdash.core.query;

/**
 * A piece of a query.
 *
 * @param text for words and field names as written, escapes included; for quoted texts what they
 *     stand for; for signs the sign
 * @param start where it starts in the query, in UTF-16 units
 */
record Lexeme(Kind kind, String text, int start) {

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
