package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import java.util.regex.Pattern;

/** What stands at a place of a query, told by its characters alone. */
final class QueryText {

  static final String SET = "a set is written IN [a b c]";

  private static final Pattern OPERATOR = Pattern.compile("AND|OR|NOT|and|or|not");

  private QueryText() {}

  static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  static int skipSpace(String query, int at) {
    int i = at;
    while (i < query.length() && isSpace(query.charAt(i))) {
      i++;
    }
    return i;
  }

  /**
   * Where the word that starts at a place ends.
   *
   * @param terminators what ends it besides space, parentheses, quotes and operators
   */
  static int endOfWord(String query, int at, String terminators) {
    int end = at;
    while (end < query.length()) {
      char c = query.charAt(end);
      if (isSpace(c)
          || "()\"".indexOf(c) >= 0
          || terminators.indexOf(c) >= 0
          || query.startsWith("||", end)) {
        return end;
      }
      if (c == '|') {
        throw new QuerySyntaxException(
            "'|' begins a pipe, which makes a table, and none can be shown here; to search for '|',"
                + " put it in quotes",
            end);
      }
      if (c == '\\' && end + 1 == query.length()) {
        throw new QuerySyntaxException("expected a character behind the backslash", end);
      }
      end += c == '\\' ? 2 : 1;
    }
    return end;
  }

  /** Whether a word is an operator in upper or lower case. */
  static boolean isOperator(String word) {
    return OPERATOR.matcher(word).matches();
  }

  /** Whether a whole range starts at a place. */
  static boolean isRange(String query, int at) {
    if (at >= query.length() || "[{".indexOf(query.charAt(at)) < 0) {
      return false;
    }
    int from = skipSpace(query, at + 1);
    int fromEnd = endOfBound(query, from);
    int sign = skipSpace(query, fromEnd);
    int to = skipSpace(query, sign + 2);
    int toEnd = endOfBound(query, to);
    int close = skipSpace(query, toEnd);
    return fromEnd > from
        && sign > fromEnd
        && query.startsWith("TO", sign)
        && to > sign + 2
        && toEnd > to
        && close < query.length()
        && "]}".indexOf(query.charAt(close)) >= 0;
  }

  /** Where a bound of a range ends; where it starts if none does. */
  private static int endOfBound(String query, int at) {
    int end = at;
    if (query.startsWith("\"", at)) {
      end++;
      while (end < query.length() && query.charAt(end) != '"') {
        end += query.charAt(end) == '\\' ? 2 : 1;
      }
      return end < query.length() ? end + 1 : at;
    }
    while (end < query.length()
        && !isSpace(query.charAt(end))
        && "]})(\"|".indexOf(query.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Where the bracket of a set that starts at a place stands, or -1 if none does. */
  static int openOfSet(String query, int at) {
    if (!query.startsWith("IN", at)) {
      return -1;
    }
    int open = skipSpace(query, at + 2);
    if (open > at + 2 && query.startsWith("{", open)) {
      throw new QuerySyntaxException(SET, open);
    }
    return query.startsWith("[", open) ? open : -1;
  }
}
