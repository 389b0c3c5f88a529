package dev.logdash.core.query;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.core.parse.pattern.Extractor;
import dev.logdash.core.parse.pattern.PatternException;
import dev.logdash.core.query.PipeLexer.Token;
import dev.logdash.core.query.PipedQuery.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the pipes of one query, from left to right. */
final class PipeParser {

  static final int MAX_PIPES = 16;
  static final int MAX_SORT_KEYS = 8;
  static final int MAX_FIELDS = 50;

  private static final String PIPES =
      "a pipe is one of stats, top, uniq, where, eval, extract, sort, limit, fields";
  // What is shown of events when no pipe says it.
  private static final List<String> SHOWN =
      List.of(EcsFields.TIMESTAMP, EcsFields.LOG_LEVEL, EcsFields.SERVICE_NAME, EcsFields.MESSAGE);

  private final QueryParser conditions;
  private final String query;
  private final PipeTokens tokens;
  private final TableColumns ofSource = new TableColumns();
  private final List<PipedQuery.Step> steps = new ArrayList<>();
  private Filter filter;
  private PipedQuery.Source source = new PipedQuery.Events(List.of());
  // Those of the table that the pipes so far have made.
  private TableColumns columns = ofSource;
  // Whether nothing but conditions stands in front, so that events are chosen by the store.
  private boolean first = true;

  /**
   * @param filter what stands in front of the pipes
   * @param start where the first pipe begins; the end of the query if there is none
   */
  PipeParser(QueryParser conditions, String query, Filter filter, int start) {
    this.conditions = conditions;
    this.query = query;
    this.filter = filter;
    this.tokens = new PipeTokens(PipeLexer.lex(query, start));
  }

  PipedQuery parse() {
    pipes();
    List<Integer> shown = columns.shown(SHOWN);
    PipedQuery.Source made =
        ofSource.ofEvents() ? new PipedQuery.Events(ofSource.fields()) : source;
    return new PipedQuery(filter, made, steps, shown);
  }

  private void pipes() {
    for (int pipe = 0; tokens.takeSign("|"); pipe++) {
      Token name = tokens.peek();
      if (pipe == MAX_PIPES) {
        throw tokens.error("the query has more than " + MAX_PIPES + " pipes");
      }
      if (name.kind() != Token.Kind.WORD) {
        throw tokens.error("expected a pipe; " + PIPES);
      }
      tokens.next();
      boolean condition = pipe(name);
      first &= condition;
      if (tokens.peek().kind() != Token.Kind.END && !tokens.peek().isSign("|")) {
        throw tokens.error("expected the next pipe or the end of the query");
      }
    }
  }

  /** Reads a pipe; whether it is a condition. */
  private boolean pipe(Token name) {
    switch (name.text().toLowerCase(Locale.ROOT)) {
      case "where":
      case "filter":
        where();
        return true;
      case "eval":
        eval();
        return false;
      case "extract":
        extract();
        return false;
      case "stats":
        groups(GroupPipe::stats);
        return false;
      case "top":
        groups(GroupPipe::top);
        return false;
      case "uniq":
        groups(GroupPipe::uniq);
        return false;
      case "sort":
        sort();
        return false;
      case "limit":
        steps.add(new PipedQuery.Limit(tokens.number("how many rows", Aggregation.MAX_ROWS)));
        return false;
      case "fields":
        fields();
        return false;
      default:
        throw PipeTokens.error("there is no pipe '" + name.text() + "'; " + PIPES, name);
    }
  }

  private void where() {
    Token place = tokens.peek();
    int[] text = tokens.rest();
    if (query.substring(text[0], text[1]).isBlank()) {
      throw PipeTokens.error("expected a condition, as in where count > 10", place);
    }
    if (first) {
      filter = both(filter, conditions.filter(query, text[0], text[1]));
      if (clauses(filter) > QueryParser.MAX_CLAUSES) {
        throw PipeTokens.error(
            "the query has more than " + QueryParser.MAX_CLAUSES + " clauses", place);
      }
      return;
    }
    RowFields fields = new RowFields(columns);
    Filter condition = conditions.filter(query, text[0], text[1], fields);
    steps.add(new PipedQuery.Where(condition, fields.used()));
  }

  private static Filter both(Filter left, Filter right) {
    if (left.equals(Filter.ALL)) {
      return right;
    }
    List<Filter> parts = new ArrayList<>();
    parts.addAll(left instanceof Filter.And and ? and.filters() : List.of(left));
    parts.add(right);
    return new Filter.And(parts);
  }

  private static int clauses(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.filters().stream().mapToInt(PipeParser::clauses).sum();
    }
    if (filter instanceof Filter.Or or) {
      return or.filters().stream().mapToInt(PipeParser::clauses).sum();
    }
    return filter instanceof Filter.Not not ? clauses(not.filter()) : 1;
  }

  private void eval() {
    int[] text = tokens.rest();
    steps.addAll(ExpressionParser.assignments(query, text[0], text[1], columns));
  }

  private void extract() {
    Token pattern = tokens.peek();
    if (pattern.kind() != Token.Kind.QUOTED) {
      throw tokens.error(
          "expected a pattern in quotes, as in extract \"user=%{user} took %{took} ms\"");
    }
    tokens.next();
    Extractor extractor = extractor(pattern);
    Field from = new Field(EcsFields.MESSAGE, EcsFields.MESSAGE);
    Token place = pattern;
    if (tokens.takeWord("from")) {
      place = tokens.peek();
      from = tokens.reference();
    }
    int column = columns.find(from, place);
    List<Integer> made = new ArrayList<>();
    for (String name : extractor.names()) {
      made.add(columns.addComputed(name, pattern));
    }
    steps.add(new PipedQuery.Extract(column, extractor, made));
  }

  private Extractor extractor(Token pattern) {
    try {
      Extractor extractor = Extractor.of(pattern.text());
      if (extractor.names().size() > MAX_FIELDS) {
        throw PipeTokens.error("this pipe has more than " + MAX_FIELDS + " fields", pattern);
      }
      return extractor;
    } catch (PatternException e) {
      throw PipeTokens.error(String.valueOf(e.getMessage()), pattern);
    }
  }

  private void groups(Consumer<GroupPipe> read) {
    GroupPipe pipe = new GroupPipe(tokens, columns, first);
    read.accept(pipe);
    columns = pipe.columns();
    if (first) {
      source = pipe.source();
      filter = pipe.filters().stream().reduce(filter, PipeParser::both);
    } else {
      steps.addAll(pipe.steps());
    }
  }

  private void sort() {
    tokens.takeWord("by");
    List<PipedQuery.SortKey> keys = new ArrayList<>();
    do {
      requireFewer(keys, MAX_SORT_KEYS, "columns");
      boolean descending = tokens.takeMinus();
      Token place = tokens.peek();
      int column = columns.find(tokens.reference(), place);
      if (!descending && tokens.takeWord("desc")) {
        descending = true;
      } else {
        tokens.takeWord("asc");
      }
      keys.add(new PipedQuery.SortKey(column, descending));
    } while (tokens.takeSign(","));
    steps.add(new PipedQuery.Sort(keys));
  }

  private void fields() {
    List<Integer> chosen = new ArrayList<>();
    do {
      requireFewer(chosen, MAX_FIELDS, "fields");
      Token place = tokens.peek();
      int column = columns.find(tokens.reference(), place);
      if (chosen.contains(column)) {
        throw PipeTokens.error("this column is there already", place);
      }
      chosen.add(column);
    } while (tokens.takeSign(","));
    columns.show(chosen);
  }

  private void requireFewer(List<?> list, int most, String what) {
    if (list.size() == most) {
      throw tokens.error("this pipe has more than " + most + " " + what);
    }
  }
}
