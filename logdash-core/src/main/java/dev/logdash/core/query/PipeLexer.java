package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Cuts the pipes of a query into words, quoted texts and signs. */
final class PipeLexer {

  private static final String SIGNS = "(),|";

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private PipeLexer(String query, int start) {
    this.query = query;
    this.at = start;
  }

  /**
   * A piece of a pipe.
   *
   * @param text of a word as written, escapes included; of a quoted text what it stands for
   * @param start where it starts in the query, in UTF-16 units
   */
  record Token(Kind kind, String text, int start) {

    enum Kind {
      WORD,
      QUOTED,
      SIGN,
      END
    }

    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }
  }

  /** Where the first pipe of a query begins, with its sign; -1 if it has none. */
  static int start(String query) {
    boolean quoted = false;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (quoted) {
        // As in quoted(): in quotes a backslash is one unless a quote or a backslash follows it.
        i += isEscape(query, i) ? 1 : 0;
        quoted = c != '"';
      } else if (query.startsWith("||", i)) {
        i++;
      } else if (c == '|') {
        return i;
      } else if (c == '\\') {
        i++;
      } else {
        quoted = c == '"';
      }
    }
    return -1;
  }

  /** The pieces from a place on, and an end. */
  static List<Token> lex(String query, int start) {
    PipeLexer lexer = new PipeLexer(query, start);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < query.length()) {
      char c = query.charAt(at);
      if (QueryText.isSpace(c)) {
        at++;
      } else if (query.startsWith("||", at)) {
        tokens.add(new Token(Token.Kind.WORD, "||", at));
        at += 2;
      } else if (SIGNS.indexOf(c) >= 0) {
        tokens.add(new Token(Token.Kind.SIGN, String.valueOf(c), at++));
      } else if (c == '"') {
        quoted();
      } else {
        word();
      }
    }
    tokens.add(new Token(Token.Kind.END, "", query.length()));
  }

  private void quoted() {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (at < query.length() && query.charAt(at) != '"') {
      text.append(query.charAt(isEscape(query, at) ? ++at : at));
      at++;
    }
    if (at == query.length()) {
      throw new QuerySyntaxException("the quote that opens here is not closed", start);
    }
    at++;
    tokens.add(new Token(Token.Kind.QUOTED, text.toString(), start));
  }

  private void word() {
    int start = at;
    while (at < query.length()) {
      char c = query.charAt(at);
      if (QueryText.isSpace(c) || SIGNS.indexOf(c) >= 0 || c == '"') {
        break;
      }
      if (c == '\\' && at + 1 == query.length()) {
        throw new QuerySyntaxException("expected a character behind the backslash", at);
      }
      at += c == '\\' ? 2 : 1;
    }
    tokens.add(new Token(Token.Kind.WORD, query.substring(start, at), start));
  }

  static boolean isEscape(String query, int i) {
    return query.charAt(i) == '\\'
        && i + 1 < query.length()
        && (query.charAt(i + 1) == '"' || query.charAt(i + 1) == '\\');
  }
}
