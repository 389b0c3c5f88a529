package dev.logdash.core.query;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.PipeLexer.Token;
import dev.logdash.core.query.PipedQuery.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the pipes of one query, from left to right. */
final class PipeParser {

  static final int MAX_PIPES = 16;
  static final int MAX_KEYS = 4;
  static final int MAX_FUNCTIONS = 16;
  static final int MAX_SORT_KEYS = 8;
  static final int MAX_FIELDS = 50;

  private static final int DEFAULT_TOP = 10;
  private static final String COUNT = "count";
  private static final String PIPES = "a pipe is one of stats, top, sort, limit, fields";
  // What is shown of events when no pipe says it.
  private static final List<String> SHOWN =
      List.of(EcsFields.TIMESTAMP, EcsFields.LOG_LEVEL, EcsFields.SERVICE_NAME, EcsFields.MESSAGE);

  private final PipeTokens tokens;
  private final TableColumns columns = new TableColumns();
  private final List<PipedQuery.Step> steps = new ArrayList<>();
  private PipedQuery.Source source = new PipedQuery.Events(List.of());

  private PipeParser(List<Token> tokens) {
    this.tokens = new PipeTokens(tokens);
  }

  /**
   * @param tokens from the sign of the first pipe on; only an end if there is none
   */
  static PipedQuery parse(Filter filter, List<Token> tokens) {
    PipeParser parser = new PipeParser(tokens);
    parser.pipes();
    List<Integer> shown = parser.columns.shown(SHOWN);
    PipedQuery.Source source =
        parser.columns.ofEvents() ? new PipedQuery.Events(parser.columns.fields()) : parser.source;
    return new PipedQuery(filter, source, parser.steps, shown);
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
      switch (name.text().toLowerCase(Locale.ROOT)) {
        case "stats":
          requireFirst(pipe, name);
          stats();
          break;
        case "top":
          requireFirst(pipe, name);
          top();
          break;
        case "sort":
          sort();
          break;
        case "limit":
          steps.add(new PipedQuery.Limit(tokens.number("how many rows", Aggregation.MAX_ROWS)));
          break;
        case "fields":
          fields();
          break;
        default:
          throw PipeTokens.error("there is no pipe '" + name.text() + "'; " + PIPES, name);
      }
      if (tokens.peek().kind() != Token.Kind.END && !tokens.peek().isSign("|")) {
        throw tokens.error("expected the next pipe or the end of the query");
      }
    }
  }

  private static void requireFirst(int pipe, Token name) {
    if (pipe > 0) {
      throw PipeTokens.error(
          "'" + name.text() + "' is made of events, so it can only be the first pipe", name);
    }
  }

  private void stats() {
    List<PipedQuery.Measure> measures = new ArrayList<>();
    List<Token> places = new ArrayList<>();
    do {
      requireFewer(measures, MAX_FUNCTIONS, "functions");
      places.add(tokens.peek());
      measures.add(measure());
    } while (tokens.takeSign(","));
    List<PipedQuery.Key> keys = new ArrayList<>();
    if (tokens.takeWord("by")) {
      do {
        requireFewer(keys, MAX_KEYS, "groups");
        Token place = tokens.peek();
        PipedQuery.Key key = key();
        keys.add(key);
        String field = key.group() instanceof Aggregation.ByField by ? by.field() : key.name();
        columns.add(key.name(), field, place);
      } while (tokens.takeSign(","));
    }
    for (int i = 0; i < measures.size(); i++) {
      columns.add(measures.get(i).name(), "", places.get(i));
    }
    columns.close();
    source = new PipedQuery.Stats(keys, measures);
  }

  private PipedQuery.Measure measure() {
    Token name = tokens.peek();
    if (name.kind() != Token.Kind.WORD) {
      throw tokens.error("expected a function; " + TableFunctions.KNOWN);
    }
    tokens.next();
    if (!tokens.takeSign("(")) {
      throw tokens.error("expected '(' behind '" + name.text() + "'; " + TableFunctions.KNOWN);
    }
    Token argument = tokens.peek();
    Field field = argument.isSign(")") ? new Field("", "") : tokens.field();
    Aggregation.Function function = TableFunctions.of(name, argument, field.field());
    if (!tokens.takeSign(")")) {
      throw tokens.error("expected ')'");
    }
    String written = name.text().toLowerCase(Locale.ROOT);
    String plain = field.name().isEmpty() ? written : written + "(" + field.name() + ")";
    return new PipedQuery.Measure(alias(plain), function);
  }

  private PipedQuery.Key key() {
    if (tokens.peek().isWord("bin") && tokens.behind().isSign("(")) {
      tokens.next();
      tokens.next();
      Aggregation.Group group = new Aggregation.ByTime(tokens.width());
      if (!tokens.takeSign(")")) {
        throw tokens.error("expected ')'");
      }
      return new PipedQuery.Key(alias(EcsFields.TIMESTAMP), group);
    }
    Field field = tokens.field();
    return new PipedQuery.Key(alias(field.name()), new Aggregation.ByField(field.field()));
  }

  private String alias(String plain) {
    return tokens.takeWord("as") ? tokens.name() : plain;
  }

  private void top() {
    Token first = tokens.peek();
    boolean numbered = first.kind() == Token.Kind.WORD && first.text().matches("\\d+");
    int rows = numbered ? tokens.number("how many rows", Aggregation.MAX_ROWS) : DEFAULT_TOP;
    if (tokens.peek().isWord("by") && tokens.behind().kind() != Token.Kind.END) {
      tokens.next();
    }
    List<Field> fields = new ArrayList<>();
    do {
      requireFewer(fields, MAX_KEYS, "fields");
      Token place = tokens.peek();
      Field field = tokens.field();
      fields.add(field);
      columns.add(field.name(), field.field(), place);
    } while (tokens.takeSign(","));
    columns.add(COUNT, "", first);
    columns.close();
    source = new PipedQuery.Top(rows, fields, COUNT);
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
