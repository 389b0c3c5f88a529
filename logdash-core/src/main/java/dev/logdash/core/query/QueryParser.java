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

  // Each of them may cost a store a tenth of a second before it looks at an event.
  private static final int MAX_ALIKE = 10;

  // Each of them may go over all words of a text for itself.
  private static final int MAX_NEAR = 10;

  // Each of them may read all events for itself, where there are too many names.
  private static final int MAX_NAMED = 16;

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

    /** The pattern of names that is asked for by one; a clause may be refused to have it. */
    default String pattern(String written, int start) {
      if (written.length() > NamePattern.LONGEST) {
        throw new QuerySyntaxException(
            "the pattern of names has more than " + NamePattern.LONGEST + " characters", start);
      }
      return written;
    }

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

    private static final Asked NOTHING = new Asked(List.of(), "");

    private final Clauses clauses;
    private final Names names;
    private final List<Lexeme> lexemes;
    private int next;
    private int clauseCount;
    private int alikeCount;
    private int nearCount;
    private int namedCount;

    Run(Clauses clauses, Names names, List<Lexeme> lexemes) {
      this.clauses = clauses;
      this.names = names;
      this.lexemes = lexemes;
    }

    Filter query() {
      if (peek().is(Kind.END)) {
        return Filter.ALL;
      }
      Filter filter = or(NOTHING, 0);
      if (!peek().is(Kind.END)) {
        throw error("this parenthesis closes none; expected a clause or the end of the query");
      }
      return filter;
    }

    /**
     * @param asked of whose parentheses surround the clauses; {@link #NOTHING} if none do
     */
    private Filter or(Asked asked, int depth) {
      List<Filter> filters = new ArrayList<>();
      filters.add(and(asked, depth));
      while (peek().is(Kind.OR)) {
        next++;
        filters.add(and(asked, depth));
      }
      return filters.size() == 1 ? filters.get(0) : new Filter.Or(filters);
    }

    private Filter and(Asked asked, int depth) {
      List<Filter> filters = new ArrayList<>();
      filters.add(negation(asked, depth));
      while (!peek().is(Kind.OR) && !peek().is(Kind.CLOSE) && !peek().is(Kind.END)) {
        if (peek().is(Kind.AND)) {
          next++;
        }
        filters.add(negation(asked, depth));
      }
      return filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
    }

    private Filter negation(Asked asked, int depth) {
      if (!peek().is(Kind.NOT) && !peek().is(Kind.MINUS)) {
        return clause(asked, depth);
      }
      requireDepth(depth);
      next++;
      return new Filter.Not(negation(asked, depth + 1));
    }

    private Filter clause(Asked asked, int depth) {
      Lexeme lexeme = peek();
      switch (lexeme.kind()) {
        case OPEN:
          return parentheses(asked, depth);
        case FIELD:
          return field(depth);
        case WORD:
        case QUOTED:
        case COMPARISON:
        case RANGE_OPEN:
          return value(asked.equals(NOTHING) ? new Asked(names.none(lexeme.start()), "") : asked);
        case CLOSE:
          throw error("expected a clause in front of the closing parenthesis");
        case END:
          throw error("expected a clause; the query ends here");
        default:
          throw error("expected a clause in front of '" + lexeme.text() + "'");
      }
    }

    private Filter parentheses(Asked asked, int depth) {
      requireDepth(depth);
      Lexeme open = lexemes.get(next++);
      Filter filter = or(asked, depth + 1);
      if (!peek().is(Kind.CLOSE)) {
        throw new QuerySyntaxException(
            "the parenthesis that opens here is not closed", open.start());
      }
      next++;
      return filter;
    }

    private Filter field(int depth) {
      Lexeme name = lexemes.get(next++);
      Asked asked =
          Wildcard.hasWildcard(name.text())
              ? new Asked(List.of(Filter.EACH_FIELD), names.pattern(name.text(), name.start()))
              : new Asked(names.fields(name.text(), name.start()), "");
      return peek().is(Kind.OPEN) ? parentheses(asked, depth) : value(asked);
    }

    private Filter value(Asked asked) {
      int start = next;
      if (!asked.names().isEmpty() && peek().tilde() != null) {
        throw error("'~' is not asked of a pattern of names; name the field");
      }
      if (peek().tilde() != null && peek().is(Kind.WORD) && ++alikeCount > MAX_ALIKE) {
        throw error("the query has more than " + MAX_ALIKE + " words with '~'");
      }
      if (peek().tilde() != null && peek().is(Kind.QUOTED) && ++nearCount > MAX_NEAR) {
        throw error("the query has more than " + MAX_NEAR + " phrases with '~'");
      }
      if (!asked.names().isEmpty() && ++namedCount > MAX_NAMED) {
        throw error("the query has more than " + MAX_NAMED + " clauses with a pattern of names");
      }
      List<Filter> filters = new ArrayList<>();
      for (String field : asked.fields()) {
        next = start;
        Filter clause = value(field);
        filters.add(asked.names().isEmpty() ? clause : anyField(asked.names(), clause));
      }
      return filters.size() == 1 ? filters.get(0) : new Filter.Or(filters);
    }

    private static Filter anyField(String names, Filter clause) {
      Filter any = new Filter.AnyField(names, clause);
      return CanonicalFilter.of(any).equals(Filter.ALL) ? Filter.ALL : any;
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

  /**
   * What the clauses at a place ask.
   *
   * @param fields any of these; none where no field was written
   * @param names the pattern of their names where they are {@link Filter#EACH_FIELD}; else empty
   */
  private record Asked(List<String> fields, String names) {}
}
