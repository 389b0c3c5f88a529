package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Lucene's syntax writes directly behind a clause: a tilde for words that are alike, or near
 * each other, and a boost ({@code ^2}). A boost orders answers by relevance; here they are ordered
 * by time, so it is read and has no effect.
 *
 * @param start where the clause ends and this begins
 * @param end where the query goes on behind it
 * @param tilde the number behind the tilde, empty if there is none; null without a tilde
 */
record Suffix(int start, int end, @Nullable String tilde) {

  private static final Pattern BOOST = Pattern.compile("\\^\\d{1,9}(\\.\\d{1,9})?");
  private static final Pattern TILDE = Pattern.compile("~(\\d{0,3})(\\^.*)?", Pattern.DOTALL);
  private static final Pattern ATTEMPTED_BOOST = Pattern.compile("\\^[\\d.^]*");
  private static final Pattern ATTEMPTED_TILDE = Pattern.compile("~[\\d.]*(\\^[\\d.^]*)?");
  private static final String QUOTES = "; to search for the text, put it in quotes";

  /** The suffix of a word. */
  static Suffix ofWord(String query, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = query.charAt(i);
      if (c == '\\') {
        i++;
      } else if (i > start && (c == '^' || c == '~')) {
        String rest = query.substring(i, end);
        if (ATTEMPTED_BOOST.matcher(rest).matches() || ATTEMPTED_TILDE.matcher(rest).matches()) {
          return read(query, i, end);
        }
      }
    }
    return new Suffix(end, end, null);
  }

  /**
   * The suffix of a quoted text.
   *
   * @param at directly behind it
   */
  static Suffix ofQuoted(String query, int at) {
    return isNext(query, at, '~') || isNext(query, at, '^')
        ? read(query, at, end(query, at))
        : new Suffix(at, at, null);
  }

  /**
   * Where the query goes on behind the boost of a range or a parenthesis.
   *
   * @param at directly behind it
   */
  static int skip(String query, int at) {
    if (isNext(query, at, '~')) {
      throw new QuerySyntaxException(
          "'~' stands behind a word, for words that are alike, or behind a phrase, for words near"
              + " each other",
          at);
    }
    return isNext(query, at, '^') ? read(query, at, end(query, at)).end() : at;
  }

  private static Suffix read(String query, int start, int end) {
    String written = query.substring(start, end);
    Matcher tilde = TILDE.matcher(written);
    if (written.startsWith("~") && !tilde.matches()) {
      throw new QuerySyntaxException(
          "'" + written + "' cannot be asked for; expected a whole number behind '~'" + QUOTES,
          start);
    }
    int boost = written.indexOf('^');
    if (boost >= 0 && !BOOST.matcher(written.substring(boost)).matches()) {
      throw new QuerySyntaxException(
          "expected a number behind '^', as in ^2" + QUOTES, start + boost);
    }
    return new Suffix(start, end, written.startsWith("~") ? tilde.group(1) : null);
  }

  private static boolean isNext(String query, int at, char sign) {
    return at < query.length() && query.charAt(at) == sign;
  }

  private static int end(String query, int at) {
    int end = at + 1;
    while (end < query.length()
        && !QueryText.isSpace(query.charAt(end))
        && "()|".indexOf(query.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
