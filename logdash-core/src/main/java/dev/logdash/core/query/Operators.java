package dev.logdash.core.query;

import dev.logdash.core.query.Lexeme.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Decides which words are operators. In upper case they always are, except as the value of a field;
 * in lower case only where the words beside them show that a condition is meant and not a sentence.
 */
final class Operators {

  private final List<Lexeme> lexemes;
  // The field whose parentheses surround the current lexeme; empty where there is none.
  private final Deque<String> groups = new ArrayDeque<>();

  private Operators(List<Lexeme> lexemes) {
    this.lexemes = new ArrayList<>(lexemes);
  }

  static List<Lexeme> mark(List<Lexeme> lexemes) {
    Operators operators = new Operators(lexemes);
    // From the right, because "and" looks at the "not" behind it.
    operators.markAll();
    return operators.lexemes;
  }

  private void markAll() {
    String[] groupOf = new String[lexemes.size()];
    for (int i = 0; i < lexemes.size(); i++) {
      String group = groups.isEmpty() ? "" : groups.peek();
      groupOf[i] = group;
      if (lexemes.get(i).is(Kind.OPEN)) {
        boolean ofField = i > 0 && lexemes.get(i - 1).is(Kind.FIELD);
        groups.push(ofField ? lexemes.get(i - 1).text() : group);
      } else if (lexemes.get(i).is(Kind.CLOSE) && !groups.isEmpty()) {
        groups.pop();
      }
    }
    for (int i = lexemes.size() - 1; i >= 0; i--) {
      Lexeme lexeme = lexemes.get(i);
      if (lexeme.is(Kind.WORD)
          && lexeme.tilde() == null
          && !isValue(i)
          && isOperator(i, groupOf[i])) {
        Kind kind = Kind.valueOf(lexeme.text().toUpperCase(Locale.ROOT));
        lexemes.set(i, new Lexeme(kind, lexeme.text(), lexeme.start()));
      }
    }
  }

  private boolean isOperator(int i, String group) {
    switch (lexemes.get(i).text()) {
      case "AND":
      case "OR":
      case "NOT":
        return true;
      case "and":
      case "or":
        return isBetweenOperands(i) && (group.isEmpty() ? isBesideCondition(i) : isListed(group));
      case "not":
        return group.isEmpty()
            ? next(i, Kind.FIELD, Kind.OPEN)
            : isListed(group) && !next(i, Kind.CLOSE, Kind.END);
      default:
        return false;
    }
  }

  private static boolean isListed(String group) {
    return !EventFields.isText(EventFields.canonicalName(Lexer.unescape(group)));
  }

  private boolean isBetweenOperands(int i) {
    if (i == 0 || next(i, Kind.CLOSE, Kind.END, Kind.AND, Kind.OR)) {
      return false;
    }
    Lexeme before = lexemes.get(i - 1);
    boolean isWord = before.is(Kind.WORD) && !before.text().matches("AND|OR|NOT");
    return isWord || before.is(Kind.QUOTED) || before.is(Kind.CLOSE) || before.is(Kind.RANGE_CLOSE);
  }

  private boolean isBesideCondition(int i) {
    return lexemes.get(i - 1).is(Kind.CLOSE)
        || lexemes.get(i - 1).is(Kind.RANGE_CLOSE)
        || isValue(i - 1)
        || next(i, Kind.FIELD, Kind.OPEN, Kind.NOT, Kind.MINUS);
  }

  private boolean next(int i, Kind... kinds) {
    for (Kind kind : kinds) {
      if (lexemes.get(i + 1).is(kind)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a lexeme is what stands behind a field, a comparison, or the start of a range. */
  private boolean isValue(int i) {
    for (int back = 1; back <= 3 && back <= i; back++) {
      Lexeme before = lexemes.get(i - back);
      if (back == 1 && (before.is(Kind.FIELD) || before.is(Kind.COMPARISON))) {
        return true;
      }
      if (before.is(Kind.RANGE_OPEN)) {
        return true;
      }
      if (before.is(Kind.RANGE_CLOSE)) {
        return false;
      }
    }
    return false;
  }
}
