package dev.logdash.server;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.query.PipedQuery;
import dev.logdash.core.table.PipedSearch;
import dev.logdash.core.table.ResultTable;
import java.util.List;

/** The events of a data folder. */
final class FolderPages implements EventPages {

  private final ReadSide side;
  private final PipedQuery piped;
  private final LogQuery.Builder query;
  private boolean more = true;

  /**
   * @param where the span of time and the dataset
   */
  FolderPages(ReadSide side, PipedQuery piped, LogQuery.Builder where) {
    this.side = side;
    this.piped = piped;
    this.query = where.filter(piped.filter());
  }

  @Override
  public List<LogEvent> next(int most) {
    if (!more) {
      return List.of();
    }
    Page page = Waiting.on(side.search().search(query.limit(most).build()));
    List<LogEvent> events = page.events();
    more = page.more() && !events.isEmpty();
    if (more) {
      query.after(events.get(events.size() - 1).orderKey());
    }
    return events;
  }

  @Override
  public ResultTable table() {
    return Waiting.on(PipedSearch.run(piped, query.build(), side.search()));
  }

  @Override
  public long count() {
    return Waiting.on(side.search().count(query.build()));
  }

  @Override
  public long countAll() {
    return Waiting.on(side.search().count(LogQuery.builder().build()));
  }

  @Override
  public List<String> leftOut() {
    return side.leftOut();
  }

  @Override
  public void close() {
    side.close();
  }
}
