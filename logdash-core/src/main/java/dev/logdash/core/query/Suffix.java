package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import java.util.regex.Pattern;

/**
 * What Lucene's syntax writes directly behind a clause. A boost ({@code ^2}) orders answers by
 * relevance; here they are ordered by time, so it is read and has no effect. A tilde asks for words
 * that are alike or near each other, which no answer here can mean.
 */
final class Suffix {

  private static final Pattern BOOST = Pattern.compile("\\^\\d{1,9}(\\.\\d{1,9})?");
  private static final Pattern ATTEMPTED_BOOST = Pattern.compile("\\^[\\d.^]*");
  private static final Pattern TILDE = Pattern.compile("~[\\d.]*(\\^[\\d.^]*)?");
  private static final String QUOTES = "; to search for the text, put it in quotes";

  private Suffix() {}

  /** Where a word ends when the boost behind it is taken off. */
  static int endOfWord(String query, int start, int end) {
    int mark = end;
    for (int i = start; i < end; i++) {
      char c = query.charAt(i);
      if (c == '\\') {
        i++;
      } else if (i > start && (c == '^' || c == '~') && mark == end) {
        mark = isSuffix(query, i, end) ? i : mark;
      }
    }
    if (mark == end) {
      return end;
    }
    if (query.charAt(mark) == '~') {
      throw new QuerySyntaxException(
          "'"
              + query.substring(mark, end)
              + "' cannot be asked for: words match as they are, or a"
              + " pattern with * and ?"
              + QUOTES,
          mark);
    }
    requireBoost(query, mark, end);
    return mark;
  }

  private static boolean isSuffix(String query, int from, int end) {
    String rest = query.substring(from, end);
    return ATTEMPTED_BOOST.matcher(rest).matches() || TILDE.matcher(rest).matches();
  }

  /**
   * Where the query goes on behind the boost of a quoted text, a range or a parenthesis.
   *
   * @param at directly behind it
   */
  static int skip(String query, int at) {
    if (at == query.length()) {
      return at;
    }
    if (query.charAt(at) == '~') {
      throw new QuerySyntaxException(
          "'~' cannot be asked for: the words of a phrase stand one behind the other, and all of"
              + " several clauses must hold; search for the words one by one",
          at);
    }
    if (query.charAt(at) != '^') {
      return at;
    }
    int end = at + 1;
    while (end < query.length()
        && !QueryText.isSpace(query.charAt(end))
        && "()|".indexOf(query.charAt(end)) < 0) {
      end++;
    }
    requireBoost(query, at, end);
    return end;
  }

  private static void requireBoost(String query, int at, int end) {
    if (!BOOST.matcher(query.substring(at, end)).matches()) {
      throw new QuerySyntaxException("expected a number behind '^', as in ^2" + QUOTES, at);
    }
  }
}
