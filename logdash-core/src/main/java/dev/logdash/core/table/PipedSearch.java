package dev.logdash.core.table;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.PipedQuery;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Answers queries with pipes, the same over every store. The store groups and counts; what further
 * pipes do is done here, on a table of at most {@link #MAX_ROWS} rows.
 */
public final class PipedSearch {

  /** The most rows, of groups or of events, that a table is made of. */
  public static final int MAX_ROWS = Aggregation.MAX_ROWS;

  private PipedSearch() {}

  /**
   * The table of a query.
   *
   * @param where the dataset, the span of time and the scope; its filter and page do not matter
   */
  public static Mono<ResultTable> run(PipedQuery query, LogQuery where, LogSearch search) {
    LogQuery events = where.toBuilder().filter(query.filter()).after(null).build();
    return source(query, events, search).map(table -> finished(query, table));
  }

  private static Mono<ResultTable> source(PipedQuery query, LogQuery events, LogSearch search) {
    if (query.source() instanceof PipedQuery.Stats stats) {
      return stats(stats, events, search);
    }
    if (query.source() instanceof PipedQuery.Top top) {
      return top(top, events, search);
    }
    if (query.source() instanceof PipedQuery.Events fields) {
      return Mono.defer(() -> new EventRows(fields.fields(), wanted(query)).read(events, search));
    }
    throw new AssertionError(query.source());
  }

  private static Mono<ResultTable> stats(
      PipedQuery.Stats stats, LogQuery events, LogSearch search) {
    List<Aggregation.Group> groups = stats.keys().stream().map(PipedQuery.Key::group).toList();
    List<Aggregation.Function> functions =
        stats.measures().stream().map(PipedQuery.Measure::function).toList();
    return search
        .aggregate(new Aggregation(events, groups, functions, MAX_ROWS))
        .map(
            table -> {
              List<ResultTable.Column> columns = new ArrayList<>();
              stats
                  .keys()
                  .forEach(
                      key ->
                          columns.add(
                              new ResultTable.Column(key.name(), type(key), false, field(key))));
              for (int i = 0; i < functions.size(); i++) {
                String name = stats.measures().get(i).name();
                columns.add(
                    new ResultTable.Column(
                        name,
                        ResultTable.Type.NUMBER,
                        isApproximate(functions.get(i), i, table),
                        ""));
              }
              return new ResultTable(columns, rows(table, columns), table.truncated());
            });
  }

  private static boolean isApproximate(Aggregation.Function function, int i, Table table) {
    return table.rows().stream().anyMatch(row -> function.isApproximate(row.values().get(i)));
  }

  private static String field(PipedQuery.Key key) {
    return key.group() instanceof Aggregation.ByField by ? by.field() : "";
  }

  private static ResultTable.Type type(PipedQuery.Key key) {
    boolean isTime =
        key.group() instanceof Aggregation.ByTime
            || (key.group() instanceof Aggregation.ByField by && EventRows.isTime(by.field()));
    return isTime ? ResultTable.Type.TIME : ResultTable.Type.TEXT;
  }

  private static Mono<ResultTable> top(PipedQuery.Top top, LogQuery events, LogSearch search) {
    List<Filter> filters = new ArrayList<>();
    filters.add(events.filter());
    List<ResultTable.Column> columns = new ArrayList<>();
    List<Aggregation.Group> groups = new ArrayList<>();
    for (PipedQuery.Field field : top.fields()) {
      filters.add(new Filter.Exists(field.field()));
      groups.add(new Aggregation.ByField(field.field()));
      columns.add(
          new ResultTable.Column(
              field.name(),
              EventRows.isTime(field.field()) ? ResultTable.Type.TIME : ResultTable.Type.TEXT,
              false,
              field.field()));
    }
    columns.add(new ResultTable.Column(top.count(), ResultTable.Type.NUMBER, false, ""));
    LogQuery having = events.toBuilder().filter(new Filter.And(filters)).build();
    return search
        .aggregate(new Aggregation(having, groups, List.of(new Aggregation.Count()), top.rows()))
        .map(
            table -> {
              List<List<Object>> rows = rows(table, columns);
              int count = columns.size() - 1;
              PipedQuery.SortKey byCount = new PipedQuery.SortKey(count, true);
              return new ResultTable(columns, RowOrder.sorted(rows, List.of(byCount)), false);
            });
  }

  private static List<List<Object>> rows(Table table, List<ResultTable.Column> columns) {
    return table.rows().stream()
        .map(
            row -> {
              List<Object> cells = new ArrayList<>();
              for (int i = 0; i < row.key().size(); i++) {
                String key = row.key().get(i);
                // A time is there for every event.
                cells.add(
                    columns.get(i).type() == ResultTable.Type.TIME
                        ? (Object) Long.valueOf(key)
                        : key);
              }
              cells.addAll(row.values());
              return cells;
            })
        .toList();
  }

  /** How many events are enough: as many as are kept before anything orders or chooses them. */
  private static int wanted(PipedQuery query) {
    int wanted = MAX_ROWS;
    for (PipedQuery.Step step : query.steps()) {
      if (step instanceof PipedQuery.Limit limit) {
        wanted = Math.min(wanted, limit.rows());
      } else if (!(step instanceof PipedQuery.Eval || step instanceof PipedQuery.Extract)) {
        break;
      }
    }
    return wanted;
  }

  private static ResultTable finished(PipedQuery query, ResultTable made) {
    ResultTable table = made;
    for (PipedQuery.Step step : query.steps()) {
      table = RowSteps.apply(step, table);
    }
    return new ResultTable(
        shown(query, table.columns()),
        table.rows().stream()
            .map(row -> shown(query, row).stream().map(Cells::shown).toList())
            .toList(),
        table.truncated());
  }

  private static <T> List<T> shown(PipedQuery query, List<T> row) {
    return query.shown().stream().map(row::get).toList();
  }
}
