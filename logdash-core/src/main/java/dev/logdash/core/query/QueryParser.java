package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.Lexeme.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the query language of {@code docs/query-language.md}. Times relative to now are resolved
 * while parsing, so a filter means the same whenever it is used. Safe for use by several threads.
 */
public final class QueryParser {

  /** The most UTF-16 units of a query. */
  public static final int MAX_LENGTH = 4_096;

  /** The most clauses of a query. */
  public static final int MAX_CLAUSES = 256;

  /** How deep parentheses and negations may stand inside each other. */
  public static final int MAX_DEPTH = 20;

  private final Clauses clauses;

  /**
   * @param clock what {@code now} is
   */
  public QueryParser(Clock clock) {
    clauses = new Clauses(new TimeGrammar(clock));
  }

  /**
   * The filter that a query without pipes stands for; {@link Filter#ALL} for an empty one.
   *
   * @throws QuerySyntaxException if the text is no query, or a query beyond the limits
   */
  public Filter parse(String query) {
    requireShort(query);
    return filter(query);
  }

  /**
   * What a query stands for, with its pipes; one without pipes for a table of its events.
   *
   * @throws QuerySyntaxException if the text is no query, or a query beyond the limits
   */
  public PipedQuery parsePiped(String query) {
    requireShort(query);
    int pipes = PipeLexer.start(query);
    int end = pipes < 0 ? query.length() : pipes;
    // A filter ends where the pipes begin, so that places in it are places in the query.
    return new PipeParser(this, query, filter(query.substring(0, end)), end).parse();
  }

  /** Whether a query has a pipe, and so makes a table. */
  public static boolean isPiped(String query) {
    return PipeLexer.start(query) >= 0;
  }

  private Filter filter(String query) {
    return new Run(
            clauses,
            (name, start) -> ShortNames.fields(name),
            Operators.mark(Lexer.lex(query, 0, false)))
        .query();
  }

  /** The filter that stands in a query from a place on, up to another. */
  Filter filter(String query, int from, int to) {
    List<Lexeme> lexemes = Lexer.lex(query.substring(0, to), from, false);
    return new Run(clauses, (name, start) -> ShortNames.fields(name), Operators.mark(lexemes))
        .query();
  }

  /** The same over the columns of a table. */
  Filter filter(String query, int from, int to, RowFields fields) {
    List<Lexeme> lexemes = Lexer.lex(query.substring(0, to), from, true);
    return new Run(clauses, fields, Operators.mark(lexemes)).query();
  }

  /** Finds the fields that a name asks for. */
  @FunctionalInterface
  interface Names {

    /**
     * The canonical names.
     *
     * @param written the name as it stands in the query, with its escapes
     */
    List<String> fields(String written, int start);

    /** What a clause without a name asks for. */
    default List<String> none(int start) {
      return List.of(Filter.ANY_TEXT);
    }
  }

  private static void requireShort(String query) {
    if (query.length() > MAX_LENGTH) {
      throw new QuerySyntaxException(
          "the query has " + query.length() + " characters, more than " + MAX_LENGTH, MAX_LENGTH);
    }
  }

  /** The parsing of one query. */
  private static final class Run {

    private static final List<String> NO_FIELD = List.of();

    private final Clauses clauses;
    private final Names names;
    private final List<Lexeme> lexemes;
    private int next;
    private int clauseCount;

    Run(Clauses clauses, Names names, List<Lexeme> lexemes) {
      this.clauses = clauses;
      this.names = names;
      this.lexemes = lexemes;
    }

    Filter query() {
      if (peek().is(Kind.END)) {
        return Filter.ALL;
      }
      Filter filter = or(NO_FIELD, 0);
      if (!peek().is(Kind.END)) {
        throw error("this parenthesis closes none; expected a clause or the end of the query");
      }
      return filter;
    }

    /**
     * @param fields of whose parentheses surround the clauses; {@link #NO_FIELD} if none do
     */
    private Filter or(List<String> fields, int depth) {
      List<Filter> filters = new ArrayList<>();
      filters.add(and(fields, depth));
      while (peek().is(Kind.OR)) {
        next++;
        filters.add(and(fields, depth));
      }
      return filters.size() == 1 ? filters.get(0) : new Filter.Or(filters);
    }

    private Filter and(List<String> fields, int depth) {
      List<Filter> filters = new ArrayList<>();
      filters.add(negation(fields, depth));
      while (!peek().is(Kind.OR) && !peek().is(Kind.CLOSE) && !peek().is(Kind.END)) {
        if (peek().is(Kind.AND)) {
          next++;
        }
        filters.add(negation(fields, depth));
      }
      return filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
    }

    private Filter negation(List<String> fields, int depth) {
      if (!peek().is(Kind.NOT) && !peek().is(Kind.MINUS)) {
        return clause(fields, depth);
      }
      requireDepth(depth);
      next++;
      return new Filter.Not(negation(fields, depth + 1));
    }

    private Filter clause(List<String> fields, int depth) {
      Lexeme lexeme = peek();
      switch (lexeme.kind()) {
        case OPEN:
          return parentheses(fields, depth);
        case FIELD:
          return field(depth);
        case WORD:
        case QUOTED:
        case COMPARISON:
        case RANGE_OPEN:
          return value(fields.isEmpty() ? names.none(lexeme.start()) : fields);
        case CLOSE:
          throw error("expected a clause in front of the closing parenthesis");
        case END:
          throw error("expected a clause; the query ends here");
        default:
          throw error("expected a clause in front of '" + lexeme.text() + "'");
      }
    }

    private Filter parentheses(List<String> fields, int depth) {
      requireDepth(depth);
      Lexeme open = lexemes.get(next++);
      Filter filter = or(fields, depth + 1);
      if (!peek().is(Kind.CLOSE)) {
        throw new QuerySyntaxException(
            "the parenthesis that opens here is not closed", open.start());
      }
      next++;
      return filter;
    }

    private Filter field(int depth) {
      Lexeme name = lexemes.get(next++);
      List<String> fields = names.fields(name.text(), name.start());
      return peek().is(Kind.OPEN) ? parentheses(fields, depth) : value(fields);
    }

    private Filter value(List<String> fields) {
      int start = next;
      List<Filter> filters = new ArrayList<>();
      for (String field : fields) {
        next = start;
        filters.add(value(field));
      }
      return filters.size() == 1 ? filters.get(0) : new Filter.Or(filters);
    }

    private Filter value(String field) {
      Lexeme lexeme = lexemes.get(next++);
      if (++clauseCount > MAX_CLAUSES) {
        throw new QuerySyntaxException(
            "the query has more than " + MAX_CLAUSES + " clauses", lexeme.start());
      }
      if (lexeme.is(Kind.COMPARISON)) {
        return clauses.comparison(field, lexeme, lexemes.get(next++));
      }
      if (lexeme.is(Kind.RANGE_OPEN)) {
        return range(field, lexeme);
      }
      if (field.equals(Filter.ANY_TEXT) && lexeme.is(Kind.WORD) && lexeme.text().equals("*:*")) {
        return Filter.ALL;
      }
      return clauses.value(field, lexeme);
    }

    private Filter range(String field, Lexeme open) {
      Lexeme from = bound("a lower bound");
      if (!peek().is(Kind.WORD) || !peek().text().equals("TO")) {
        throw error("expected TO; a range is written [from TO to]");
      }
      next++;
      Lexeme to = bound("an upper bound");
      return clauses.range(field, open, from, to, lexemes.get(next++));
    }

    private Lexeme bound(String expected) {
      if (!peek().is(Kind.WORD) && !peek().is(Kind.QUOTED)) {
        throw error("expected " + expected + "; a range is written [from TO to]");
      }
      return lexemes.get(next++);
    }

    private void requireDepth(int depth) {
      if (depth == MAX_DEPTH) {
        throw error("parentheses and NOT stand more than " + MAX_DEPTH + " deep");
      }
    }

    private Lexeme peek() {
      return lexemes.get(next);
    }

    private QuerySyntaxException error(String message) {
      return new QuerySyntaxException(message, peek().start());
    }
  }
}
