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
      Pattern.compile("[\\p{L}_@](?:[\\p{L}\\p{N}_.@$/-]*[\\p{L}\\p{N}_.@$/])?[<>]=?-?\\d[\\d.]*");
  private final String query;
  private final List<Lexeme> lexemes = new ArrayList<>();
  // How many open parentheses belong to a field; in them words are values of it.
  private int valueDepth;
  private int at;
  private final boolean ofTable;

  private Lexer(String query, int at, boolean ofTable) {
    this.query = query;
    this.at = at;
    this.ofTable = ofTable;
  }

  /**
   * The lexemes of a query from a place on, and an end.
   *
   * @param ofTable whether the names are those of columns, so that no sentence can be meant
   */
  static List<Lexeme> lex(String query, int start, boolean ofTable) {
    Lexer lexer = new Lexer(query, start, ofTable);
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
        add(Kind.CLOSE, ")", at);
        at = Suffix.skip(query, at + 1);
      } else if (query.startsWith("||", at) || query.startsWith("&&", at)) {
        add(c == '|' ? Kind.OR : Kind.AND, query.substring(at, at + 2), at);
        at += 2;
      } else if (isPrefix('!')) {
        add(Kind.MINUS, "!", at++);
      } else if (valueDepth > 0) {
        value();
      } else {
        clause(c);
      }
    }
    add(Kind.END, "", query.length());
  }

  private void clause(char c) {
    if (c == '"') {
      quoted();
    } else if (isPrefix('-')) {
      add(Kind.MINUS, "-", at++);
    } else if (isRequired()) {
      at++;
    } else if (!field() && !set()) {
      if (QueryText.isRange(query, at)) {
        range();
      } else {
        word();
      }
    }
  }

  private void open(boolean ofField) {
    valueDepth += ofField ? 1 : 0;
    add(Kind.OPEN, "(", at++);
  }

  /** A sign negates what stands directly behind it; two of them are an option of a program. */
  private boolean isPrefix(char sign) {
    return query.charAt(at) == sign
        && at + 1 < query.length()
        && query.charAt(at + 1) != sign
        && query.charAt(at + 1) != '='
        && !QueryText.isSpace(query.charAt(at + 1))
        && query.charAt(at + 1) != ')';
  }

  /** A plus in front of a clause: it must hold, as every clause does. */
  private boolean isRequired() {
    if (query.charAt(at) != '+' || at + 1 == query.length()) {
      return false;
    }
    int c = query.codePointAt(at + 1);
    return Character.isLetter(c) || "_@\"(*?".indexOf(c) >= 0;
  }

  private boolean field() {
    FieldStart field = FieldStart.find(query, at, ofTable);
    if (field == null) {
      return false;
    }
    int start = at;
    at = field.valueAt();
    if (field.isComparison()) {
      add(Kind.FIELD, field.name(), start);
      at = field.signAt();
      comparison();
      return true;
    }
    field.requireValue(query);
    add(Kind.FIELD, field.name(), start);
    if (query.charAt(at) == '(') {
      open(true);
    } else if (!set()) {
      value();
    }
    return true;
  }

  /** A set of values as Tantivy writes it: each is one that is asked for, as it stands. */
  private boolean set() {
    int open = QueryText.openOfSet(query, at);
    if (open < 0) {
      return false;
    }
    add(Kind.OPEN, "(", open);
    at = open + 1;
    int values = 0;
    for (skipSpace(); at < query.length() && query.charAt(at) != ']'; skipSpace()) {
      if (values++ > 0) {
        add(Kind.OR, "OR", at);
      }
      element();
    }
    if (at == query.length() || values == 0) {
      throw new QuerySyntaxException(
          QueryText.SET + (values == 0 ? "" : ", and this one is not closed"), open);
    }
    add(Kind.CLOSE, ")", at);
    at = Suffix.skip(query, at + 1);
    return true;
  }

  private void element() {
    int start = at;
    bound("]");
    if (at == start) {
      throw new QuerySyntaxException(QueryText.SET, at);
    }
    Lexeme value = lexemes.remove(lexemes.size() - 1);
    add(Kind.QUOTED, value.is(Kind.WORD) ? unescape(value.text()) : value.text(), start);
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
    if (query.charAt(at) == '"') {
      quoted();
    } else {
      plainWord();
    }
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
    add(Kind.RANGE_CLOSE, query.substring(at, at + 1), at);
    at = Suffix.skip(query, at + 1);
  }

  private void bound(String terminators) {
    if (query.charAt(at) == '"') {
      text();
    } else {
      int start = at;
      at = QueryText.endOfWord(query, at, terminators);
      if (at > start) {
        add(Kind.WORD, query.substring(start, at), start);
      }
    }
  }

  private void quoted() {
    text();
    Suffix suffix = Suffix.ofQuoted(query, at);
    at = suffix.end();
    Lexeme quoted = lexemes.remove(lexemes.size() - 1);
    lexemes.add(new Lexeme(quoted.kind(), quoted.text(), quoted.start(), suffix.tilde()));
  }

  private void text() {
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
    int end = QueryText.endOfWord(query, at, "");
    if (valueDepth == 0 && COMPARISON_WITHOUT_COLON.matcher(query.substring(at, end)).matches()) {
      throw new QuerySyntaxException(
          "a comparison is written field:>=value; to search for the text, put it in quotes", at);
    }
    plainWord();
  }

  private void plainWord() {
    int start = at;
    at = QueryText.endOfWord(query, at, "");
    if (at == start) {
      throw new QuerySyntaxException("expected a value in front of '" + query.charAt(at) + "'", at);
    }
    Suffix suffix = Suffix.ofWord(query, start, at);
    lexemes.add(
        new Lexeme(Kind.WORD, query.substring(start, suffix.start()), start, suffix.tilde()));
  }

  private void skipSpace() {
    at = QueryText.skipSpace(query, at);
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
