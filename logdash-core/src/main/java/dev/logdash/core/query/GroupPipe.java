package dev.logdash.core.query;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.PipeLexer.Token;
import dev.logdash.core.query.PipedQuery.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads one pipe that makes groups. Where only conditions stand in front of it the store groups
 * events; behind any other pipe the rows of its table are grouped.
 */
final class GroupPipe {

  private static final int MAX_KEYS = 4;
  private static final int MAX_FUNCTIONS = 16;
  private static final int DEFAULT_TOP = 10;
  private static final String COUNT = "count";

  private final PipeTokens tokens;
  private final TableColumns before;
  private final TableColumns columns;
  private final boolean ofEvents;
  private final List<Key> keys = new ArrayList<>();
  private final List<PipedQuery.Measure> measures = new ArrayList<>();
  private final List<PipedQuery.Step> steps = new ArrayList<>();
  private final List<Filter> filters = new ArrayList<>();
  private PipedQuery.Source source = new PipedQuery.Events(List.of());

  /**
   * A group: its column, what it is compared as, and what is grouped by.
   *
   * @param from the column of the table in front; of no meaning for events
   */
  private record Key(String name, Field field, int from, long widthNanos) {}

  GroupPipe(PipeTokens tokens, TableColumns before, boolean ofEvents) {
    this.tokens = tokens;
    this.before = before;
    this.ofEvents = ofEvents;
    this.columns = ofEvents ? before : new TableColumns();
  }

  /** The columns of the table that the pipe makes. */
  TableColumns columns() {
    return columns;
  }

  /** What makes the table of events. */
  PipedQuery.Source source() {
    return source;
  }

  /** What else must hold for an event to be in a group. */
  List<Filter> filters() {
    return filters;
  }

  /** What makes the table of the rows in front. */
  List<PipedQuery.Step> steps() {
    return steps;
  }

  void stats() {
    List<Token> places = new ArrayList<>();
    do {
      requireFewer(measures, MAX_FUNCTIONS, "functions");
      places.add(tokens.peek());
      measures.add(measure());
    } while (tokens.takeSign(","));
    if (tokens.takeWord("by")) {
      do {
        requireFewer(keys, MAX_KEYS, "groups");
        addKey(tokens.peek(), key());
      } while (tokens.takeSign(","));
    }
    for (int i = 0; i < measures.size(); i++) {
      columns.add(measures.get(i).name(), "", places.get(i));
    }
    finish(false);
  }

  void top() {
    Token first = tokens.peek();
    boolean numbered = first.kind() == Token.Kind.WORD && first.text().matches("\\d+");
    int rows = numbered ? tokens.number("how many rows", Aggregation.MAX_ROWS) : DEFAULT_TOP;
    fields();
    columns.add(COUNT, "", first);
    measures.add(new PipedQuery.Measure(COUNT, new Aggregation.Count()));
    finish(true);
    // The store counts these without being asked for every group.
    source = new PipedQuery.Top(rows, keys.stream().map(Key::field).toList(), COUNT);
    filters.clear();
    steps.add(new PipedQuery.Sort(List.of(new PipedQuery.SortKey(keys.size(), true))));
    steps.add(new PipedQuery.Limit(rows));
  }

  void uniq() {
    fields();
    columns.addHidden();
    measures.add(new PipedQuery.Measure("", new Aggregation.Count()));
    finish(true);
  }

  private void fields() {
    if (tokens.peek().isWord("by") && tokens.behind().kind() != Token.Kind.END) {
      tokens.next();
    }
    do {
      requireFewer(keys, MAX_KEYS, "fields");
      Token place = tokens.peek();
      Field field = ofEvents ? tokens.field() : tokens.reference();
      addKey(place, key(field.name(), field, place));
    } while (tokens.takeSign(","));
  }

  private void addKey(Token place, Key key) {
    keys.add(key);
    columns.add(key.name(), key.field().field(), place);
  }

  private Key key() {
    Token place = tokens.peek();
    if (place.isWord("bin") && tokens.behind().isSign("(")) {
      tokens.next();
      tokens.next();
      long width = tokens.width();
      if (!tokens.takeSign(")")) {
        throw tokens.error("expected ')'");
      }
      Field time = new Field(EcsFields.TIMESTAMP, EcsFields.TIMESTAMP);
      int from = ofEvents ? 0 : before.find(time, place);
      if (!ofEvents && !before.fields().get(from).field().equals(EcsFields.TIMESTAMP)) {
        throw PipeTokens.error("the column '" + time.name() + "' holds no times", place);
      }
      return new Key(alias(time.name()), time, from, width);
    }
    Field field = ofEvents ? tokens.field() : tokens.reference();
    return key(alias(field.name()), field, place);
  }

  private Key key(String name, Field field, Token place) {
    if (ofEvents) {
      return new Key(name, field, 0, 0);
    }
    int from = before.find(field, place);
    return new Key(name, new Field(name, before.fields().get(from).field()), from, 0);
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
    Field field = argument.isSign(")") ? new Field("", "") : argument(argument);
    Aggregation.Function function = TableFunctions.of(name, argument, field.field());
    if (!tokens.takeSign(")")) {
      throw tokens.error("expected ')'");
    }
    String written = name.text().toLowerCase(Locale.ROOT);
    String plain = field.name().isEmpty() ? written : written + "(" + field.name() + ")";
    return new PipedQuery.Measure(alias(plain), function);
  }

  /** What a function is computed from: a field of events, or the number of a column. */
  private Field argument(Token place) {
    if (ofEvents) {
      return tokens.field();
    }
    Field field = tokens.reference();
    return new Field(field.name(), Integer.toString(before.find(field, place)));
  }

  private String alias(String plain) {
    return tokens.takeWord("as") ? tokens.name() : plain;
  }

  private void finish(boolean complete) {
    columns.close();
    if (!ofEvents) {
      List<PipedQuery.RowKey> rowKeys =
          keys.stream()
              .map(key -> new PipedQuery.RowKey(key.name(), key.from(), key.widthNanos()))
              .toList();
      steps.add(new PipedQuery.Group(rowKeys, measures, complete));
      return;
    }
    List<PipedQuery.Key> groups = new ArrayList<>();
    for (Key key : keys) {
      String field = key.field().field();
      groups.add(
          new PipedQuery.Key(
              key.name(),
              key.widthNanos() > 0
                  ? new Aggregation.ByTime(key.widthNanos())
                  : new Aggregation.ByField(field)));
      if (complete) {
        filters.add(new Filter.Exists(field));
      }
    }
    source = new PipedQuery.Stats(groups, measures);
  }

  private void requireFewer(List<?> list, int most, String what) {
    if (list.size() == most) {
      throw tokens.error("this pipe has more than " + most + " " + what);
    }
  }
}
