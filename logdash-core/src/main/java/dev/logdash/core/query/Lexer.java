package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.query.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Cuts a query into lexemes. What a character means depends on where it stands: behind a field and
 * its colon a value begins, in which colons and brackets mean nothing.
 */
final class Lexer {

  private static final Pattern COMPARISON_WITHOUT_COLON =
      Pattern.compile("[\\p{L}_@][\\p{L}\\p{N}_.@$/-]*[<>]=?-?\\d[\\d.]*");

  private final String query;
  private final List<Lexeme> lexemes = new ArrayList<>();
  // How many open parentheses belong to a field; in them words are values of it.
  private int valueDepth;
  private int at;

  private Lexer(String query) {
    this.query = query;
  }

  static List<Lexeme> lex(String query) {
    Lexer lexer = new Lexer(query);
    lexer.run();
    return lexer.lexemes;
  }

  private void run() {
    for (skipSpace(); at < query.length(); skipSpace()) {
      char c = query.charAt(at);
      if (c == '(') {
        open(valueDepth > 0);
      } else if (c == ')') {
        valueDepth = Math.max(0, valueDepth - 1);
        add(Kind.CLOSE, ")", at++);
      } else if (valueDepth > 0) {
        value();
      } else if (c == '"') {
        quoted();
      } else if (isMinus()) {
        add(Kind.MINUS, "-", at++);
      } else if (!field()) {
        word();
      }
    }
    add(Kind.END, "", query.length());
  }

  private void open(boolean ofField) {
    valueDepth += ofField ? 1 : 0;
    add(Kind.OPEN, "(", at++);
  }

  /** A minus negates what stands directly behind it; two of them are an option of a program. */
  private boolean isMinus() {
    return query.charAt(at) == '-'
        && at + 1 < query.length()
        && query.charAt(at + 1) != '-'
        && !isSpace(query.charAt(at + 1))
        && query.charAt(at + 1) != ')';
  }

  private boolean field() {
    int colon = endOfName();
    if (colon < 0) {
      return false;
    }
    int start = at;
    String name = unescape(query.substring(start, colon));
    at = colon + 1;
    skipSpace();
    boolean spaced = at > colon + 1;
    // Behind a space only what cannot be a word of a sentence; "failed: x" could mean either.
    if (at == query.length()
        || query.charAt(at) == ')'
        || (spaced && "\"(<>".indexOf(query.charAt(at)) < 0)) {
      throw new QuerySyntaxException(
          "expected a value directly behind '"
              + name
              + ":'; to search for words, put them in quotes",
          colon + 1);
    }
    add(Kind.FIELD, query.substring(start, colon), start);
    if (query.charAt(at) == '(') {
      open(true);
    } else {
      value();
    }
    return true;
  }

  /** The place of the colon behind a field name that starts here, or -1 if none does. */
  private int endOfName() {
    int i = at;
    while (i < query.length() && isName(i)) {
      i += query.charAt(i) == '\\' ? 1 : 0;
      i += i < query.length() ? Character.charCount(query.codePointAt(i)) : 0;
    }
    boolean colon = i > at && i < query.length() && query.charAt(i) == ':';
    return colon && !query.startsWith("::", i) && !query.startsWith("://", i) ? i : -1;
  }

  private boolean isName(int i) {
    int c = query.codePointAt(i);
    if (c == '\\') {
      return i + 1 < query.length();
    }
    boolean first = i == at;
    return Character.isLetter(c)
        || c == '_'
        || c == '@'
        || (!first
            && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '$' || c == '/'));
  }

  private void value() {
    char c = query.charAt(at);
    if (c == '"') {
      quoted();
    } else if (c == '[' || c == '{') {
      range();
    } else if (c == '<' || c == '>') {
      comparison();
    } else {
      word();
    }
  }

  private void comparison() {
    int length = query.startsWith("=", at + 1) ? 2 : 1;
    String sign = query.substring(at, at + length);
    add(Kind.COMPARISON, sign, at);
    at += length;
    skipSpace();
    if (at == query.length() || query.charAt(at) == '(' || query.charAt(at) == ')') {
      throw new QuerySyntaxException("expected a value behind '" + sign + "'", at);
    }
    bound("");
  }

  private void range() {
    int start = at;
    add(Kind.RANGE_OPEN, query.substring(at, ++at), start);
    for (int part = 0; part < 3; part++) {
      skipSpace();
      if (at < query.length()) {
        bound("]}");
      }
    }
    skipSpace();
    if (at == query.length() || (query.charAt(at) != ']' && query.charAt(at) != '}')) {
      throw new QuerySyntaxException(
          "the range that starts here is not closed; a range is written [from TO to]", start);
    }
    add(Kind.RANGE_CLOSE, query.substring(at, ++at), at - 1);
  }

  private void bound(String terminators) {
    if (query.charAt(at) == '"') {
      quoted();
    } else {
      int start = at;
      skipWord(terminators);
      if (at > start) {
        add(Kind.WORD, query.substring(start, at), start);
      }
    }
  }

  private void quoted() {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (at < query.length() && query.charAt(at) != '"') {
      boolean escape =
          query.charAt(at) == '\\'
              && at + 1 < query.length()
              && (query.charAt(at + 1) == '"' || query.charAt(at + 1) == '\\');
      text.append(query.charAt(escape ? ++at : at));
      at++;
    }
    if (at == query.length()) {
      throw new QuerySyntaxException("the quote that opens here is not closed", start);
    }
    at++;
    add(Kind.QUOTED, text.toString(), start);
  }

  private void word() {
    int start = at;
    skipWord("");
    String text = query.substring(start, at);
    if (valueDepth == 0 && COMPARISON_WITHOUT_COLON.matcher(text).matches()) {
      throw new QuerySyntaxException(
          "a comparison is written field:>=value; to search for the text, put it in quotes", start);
    }
    add(Kind.WORD, text, start);
  }

  private void skipWord(String terminators) {
    while (at < query.length()) {
      char c = query.charAt(at);
      if (isSpace(c) || c == '(' || c == ')' || c == '"' || terminators.indexOf(c) >= 0) {
        return;
      }
      if (c == '|') {
        throw new QuerySyntaxException(
            "'|' begins a pipe, which makes a table, and none can be shown here; to search for '|',"
                + " put it in quotes",
            at);
      }
      if (c == '\\' && at + 1 == query.length()) {
        throw new QuerySyntaxException("expected a character behind the backslash", at);
      }
      at += c == '\\' ? 2 : 1;
    }
  }

  private void skipSpace() {
    while (at < query.length() && isSpace(query.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** What a word stands for: each backslash makes the character behind it literal. */
  static String unescape(String word) {
    StringBuilder text = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      text.append(c == '\\' && i + 1 < word.length() ? word.charAt(++i) : c);
    }
    return text.toString();
  }

  private void add(Kind kind, String text, int start) {
    lexemes.add(new Lexeme(kind, text, start));
  }
}
