package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.core.query.PipeLexer.Token;
import dev.logdash.core.query.PipedQuery.Field;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pieces of the pipes of a query, taken one after the other. */
final class PipeTokens {

  // Weeks start on Monday and months differ, but the spans of a table start at multiples since
  // 1970.
  private static final Pattern WIDTH = Pattern.compile("(\\d{1,9})(ms|[smhd])");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  static final int MAX_NAME = 512;

  private final List<Token> tokens;
  private int next;

  PipeTokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(next);
  }

  /** The piece behind the next one. */
  Token behind() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  Token next() {
    return tokens.get(next++);
  }

  boolean takeSign(String sign) {
    boolean found = peek().isSign(sign);
    next += found ? 1 : 0;
    return found;
  }

  boolean takeWord(String word) {
    boolean found = peek().isWord(word);
    next += found ? 1 : 0;
    return found;
  }

  /** A minus in front of a name, with or without a space behind it. */
  boolean takeMinus() {
    Token token = peek();
    if (token.kind() != Token.Kind.WORD || !token.text().startsWith("-")) {
      return false;
    }
    if (token.text().length() == 1) {
      next++;
    } else {
      tokens.set(next, new Token(Token.Kind.WORD, token.text().substring(1), token.start() + 1));
    }
    return true;
  }

  /** A field, by its name or a short one. */
  Field field() {
    Token token = peek();
    String name = name();
    boolean quoted = token.kind() == Token.Kind.QUOTED;
    String field =
        quoted ? EventFields.canonicalName(name) : ShortNames.fields(token.text()).get(0);
    return new Field(name, field);
  }

  String name() {
    Token token = peek();
    if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED) {
      throw error("expected a name");
    }
    boolean quoted = token.kind() == Token.Kind.QUOTED;
    String name = quoted ? token.text() : Lexer.unescape(token.text());
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw error("a name has 1 to " + MAX_NAME + " characters");
    }
    next++;
    return name;
  }

  /** A column as people name it: a field, an alias, or a function with or without its field. */
  Field reference() {
    Field field = field();
    if (!takeSign("(")) {
      return field;
    }
    String argument = peek().isSign(")") ? "" : field().name();
    if (!takeSign(")")) {
      throw error("expected ')'");
    }
    String name = argument.isEmpty() ? field.name() : field.name() + "(" + argument + ")";
    return new Field(name, "");
  }

  /** The same, of a text in which nothing else stands. */
  static Field reference(String written) {
    int open = written.endsWith(")") ? written.indexOf('(') : -1;
    if (open < 0) {
      return new Field(Lexer.unescape(written), ShortNames.fields(written).get(0));
    }
    String argument = Lexer.unescape(written.substring(open + 1, written.length() - 1));
    String function = Lexer.unescape(written.substring(0, open));
    return new Field(argument.isEmpty() ? function : function + "(" + argument + ")", "");
  }

  /** Passes over what stands up to the next pipe; where it starts and ends. */
  int[] rest() {
    int from = peek().start();
    while (peek().kind() != Token.Kind.END && !peek().isSign("|")) {
      next++;
    }
    return new int[] {from, peek().start()};
  }

  /** A number from 1 on. */
  int number(String what, int most) {
    Token token = peek();
    boolean whole = token.kind() == Token.Kind.WORD && WHOLE.matcher(token.text()).matches();
    int number = whole ? Integer.parseInt(token.text()) : 0;
    if (number < 1 || number > most) {
      throw error("expected " + what + ", from 1 to " + most);
    }
    next++;
    return number;
  }

  /** A width of time, in nanoseconds. */
  long width() {
    Token token = peek();
    Matcher width = WIDTH.matcher(token.kind() == Token.Kind.WORD ? token.text() : "");
    if (width.matches() && Long.parseLong(width.group(1)) > 0) {
      try {
        long nanos = Math.multiplyExact(Long.parseLong(width.group(1)), nanos(width.group(2)));
        next++;
        return nanos;
      } catch (ArithmeticException e) {
        throw error("this span of time is longer than all time");
      }
    }
    throw error("expected how wide a span of time is, for example 30s, 5m, 1h or 1d");
  }

  private static long nanos(String unit) {
    switch (unit) {
      case "ms":
        return 1_000_000L;
      case "s":
        return 1_000_000_000L;
      case "m":
        return 60_000_000_000L;
      case "h":
        return 3_600_000_000_000L;
      default:
        return 86_400_000_000_000L;
    }
  }

  QuerySyntaxException error(String message) {
    return error(message, peek());
  }

  static QuerySyntaxException error(String message, Token token) {
    return new QuerySyntaxException(message, token.start());
  }
}
