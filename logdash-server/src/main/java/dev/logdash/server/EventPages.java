package dev.logdash.server;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.table.ResultTable;
import java.util.List;

/** The answers to one query, of a folder or of a server. */
interface EventPages extends AutoCloseable {

  /**
   * The next events, the newest first.
   *
   * @param most how many at most
   * @return none when there are no more
   */
  List<LogEvent> next(int most);

  /** The table that the pipes of the query make. */
  ResultTable table();

  /** How many events the query has. */
  long count();

  /** How many events there are, whatever the query. */
  long countAll();

  /** The days that answers are without, each with what is wrong and what to do. */
  List<String> leftOut();

  @Override
  void close();
}
