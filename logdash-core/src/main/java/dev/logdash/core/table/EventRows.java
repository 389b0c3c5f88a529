package dev.logdash.core.table;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.PipedQuery;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Reads the newest events of a query as rows, page by page; for one reading. */
final class EventRows {

  // A page of the largest events has a few megabytes.
  private static final int PAGE = 1_000;
  // A table ends behind the row with which its texts reach this length, as a page of a search does.
  private static final long MAX_CHARS = 4_000_000;

  private final List<PipedQuery.Field> fields;
  private final int wanted;
  private final List<List<Object>> rows = new ArrayList<>();
  private long chars;
  private boolean truncated;

  EventRows(List<PipedQuery.Field> fields, int wanted) {
    this.fields = fields;
    this.wanted = wanted;
  }

  static boolean isTime(String field) {
    return field.equals(EcsFields.TIMESTAMP);
  }

  Mono<ResultTable> read(LogQuery query, LogSearch search) {
    return page(query, search)
        .expand(
            page -> {
              boolean more = page.more() && !page.events().isEmpty();
              if (!more || truncated || rows.size() == wanted) {
                truncated |= more && wanted == PipedSearch.MAX_ROWS;
                return Mono.empty();
              }
              LogEvent last = page.events().get(page.events().size() - 1);
              return page(query.toBuilder().after(last.orderKey()).build(), search);
            })
        .then(Mono.fromCallable(this::table));
  }

  private Mono<Page> page(LogQuery query, LogSearch search) {
    LogQuery next =
        query.toBuilder()
            .order(LogQuery.Order.NEWEST_FIRST)
            .limit(Math.min(PAGE, wanted - rows.size()))
            .build();
    return search.search(next).doOnNext(page -> page.events().forEach(this::add));
  }

  private void add(LogEvent event) {
    if (chars > MAX_CHARS) {
      truncated = true;
      return;
    }
    List<Object> row = new ArrayList<>(fields.size());
    for (PipedQuery.Field field : fields) {
      Object cell = cell(event, field.field());
      chars += length(cell);
      row.add(cell);
    }
    rows.add(row);
  }

  private static Object cell(LogEvent event, String field) {
    if (field.isEmpty()) {
      return "";
    }
    List<Object> values = EventFields.values(event, field);
    return values.isEmpty() ? "" : values.size() == 1 ? values.get(0) : List.copyOf(values);
  }

  private static long length(Object cell) {
    if (cell instanceof List<?> list) {
      return list.stream().mapToLong(EventRows::length).sum();
    }
    return cell instanceof String text ? text.length() : Long.BYTES;
  }

  private ResultTable table() {
    List<ResultTable.Column> columns =
        fields.stream()
            .map(
                field ->
                    new ResultTable.Column(
                        field.name(),
                        isTime(field.field()) ? ResultTable.Type.TIME : ResultTable.Type.ANY,
                        false,
                        field.field()))
            .toList();
    return new ResultTable(columns, rows, truncated);
  }
}
