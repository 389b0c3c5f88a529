package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.query.PipeLexer.Token;
import dev.logdash.core.query.PipedQuery.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the expression of a pipe {@code eval}: numbers, spans of time, columns, {@code + - * / %}
 * and parentheses.
 */
final class ExpressionParser {

  private static final int MAX_DEPTH = 20;

  private final String query;
  private final int end;
  private final TableColumns columns;
  private int at;
  private int depth;

  private ExpressionParser(String query, int from, int to, TableColumns columns) {
    this.query = query;
    this.at = from;
    this.end = to;
    this.columns = columns;
  }

  /**
   * Reads {@code name = expression, ...} in a query from a place on, up to another, and adds the
   * names to the columns.
   */
  static List<PipedQuery.Step> assignments(String query, int from, int to, TableColumns columns) {
    ExpressionParser parser = new ExpressionParser(query, from, to, columns);
    List<PipedQuery.Step> steps = new ArrayList<>();
    do {
      parser.at = steps.isEmpty() ? from : parser.at + 1;
      steps.add(parser.assignment());
    } while (parser.isNext(","));
    if (parser.at < to) {
      throw parser.error("expected an operator, one of + - * / %, or the next pipe");
    }
    return steps;
  }

  private PipedQuery.Step assignment() {
    boolean quoted = isNext("\"");
    Token place = new Token(Token.Kind.WORD, "", at);
    String name = quoted ? quoted() : Lexer.unescape(plainName());
    if (name.isEmpty() || name.length() > PipeTokens.MAX_NAME || !isNext("=")) {
      throw error("expected a name and '=', as in eval seconds = event.duration / 1s");
    }
    at++;
    Expression expression = sum();
    return new PipedQuery.Eval(name, columns.addComputed(name, place), expression);
  }

  private Expression sum() {
    Expression left = product();
    while (isNext("+-")) {
      char operator = query.charAt(at++);
      left = new Expression.Binary(operator, left, product());
    }
    return left;
  }

  private Expression product() {
    Expression left = operand();
    while (isNext("*/%")) {
      char operator = query.charAt(at++);
      left = new Expression.Binary(operator, left, operand());
    }
    return left;
  }

  private Expression operand() {
    if (++depth > MAX_DEPTH) {
      throw error("parentheses and signs stand more than " + MAX_DEPTH + " deep");
    }
    Expression operand;
    if (isNext("-")) {
      at++;
      operand = new Expression.Negative(operand());
    } else if (isNext("(")) {
      int open = at++;
      operand = sum();
      if (!isNext(")")) {
        throw new QuerySyntaxException("the parenthesis that opens here is not closed", open);
      }
      at++;
    } else if (at < end && Character.isDigit(query.charAt(at))) {
      operand = number();
    } else {
      operand = column();
    }
    depth--;
    return operand;
  }

  private Expression number() {
    int start = at;
    while (at < end && (Character.isLetterOrDigit(query.charAt(at)) || isExponentOrPoint())) {
      at++;
    }
    String text = query.substring(start, at);
    Long nanos = TimeSpans.nanos(text);
    if (nanos != null) {
      return new Expression.Constant(nanos);
    }
    BigDecimal number = NumberLiteral.parse(text);
    if (number == null || !Double.isFinite(number.doubleValue())) {
      throw new QuerySyntaxException("'" + text + "' is no number", start);
    }
    boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= 18;
    return new Expression.Constant(
        whole ? (Number) number.longValueExact() : (Number) number.doubleValue());
  }

  private boolean isExponentOrPoint() {
    char before = query.charAt(at - 1);
    return query.charAt(at) == '.'
        || ("+-".indexOf(query.charAt(at)) >= 0
            && (before == 'e' || before == 'E')
            && at + 1 < end
            && Character.isDigit(query.charAt(at + 1)));
  }

  private Expression column() {
    Token place = new Token(Token.Kind.WORD, "", at);
    Field name;
    if (at < end && query.charAt(at) == '"') {
      String text = quoted();
      name = new Field(text, EventFields.canonicalName(text));
    } else {
      String written = name();
      if (written.isEmpty()) {
        throw error("expected a number, a column or a parenthesis");
      }
      name = PipeTokens.reference(written);
    }
    return new Expression.Column(columns.find(name, place));
  }

  private String quoted() {
    StringBuilder name = new StringBuilder();
    for (at++; query.charAt(at) != '"'; at++) {
      at += PipeLexer.isEscape(query, at) ? 1 : 0;
      name.append(query.charAt(at));
    }
    at++;
    return name.toString();
  }

  private String plainName() {
    int start = at;
    skipName();
    return query.substring(start, at);
  }

  private String name() {
    int start = at;
    skipName();
    if (at > start && at < end && query.charAt(at) == '(') {
      at++;
      skipName();
      if (at == end || query.charAt(at) != ')') {
        throw error("expected ')'");
      }
      at++;
    }
    return query.substring(start, at);
  }

  private void skipName() {
    while (at < end
        && (Character.isLetterOrDigit(query.codePointAt(at))
            || "_@.$\\".indexOf(query.charAt(at)) >= 0)) {
      at += query.charAt(at) == '\\' ? 1 : 0;
      at += at < end ? Character.charCount(query.codePointAt(at)) : 0;
    }
  }

  private boolean isNext(String signs) {
    at = Math.min(end, QueryText.skipSpace(query, at));
    return at < end && signs.indexOf(query.charAt(at)) >= 0;
  }

  private QuerySyntaxException error(String message) {
    return new QuerySyntaxException(message, at);
  }
}
