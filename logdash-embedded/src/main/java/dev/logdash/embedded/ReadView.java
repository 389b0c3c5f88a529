package dev.logdash.embedded;

import dev.logdash.api.store.LogQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** The indices that a query may find something in, as they are now. To be closed. */
final class ReadView implements AutoCloseable {

  private final LogQuery query;
  private final List<DirectoryReader> readers = new ArrayList<>();
  private final MultiReader reader;
  private final IndexSearcher searcher;
  private final FilterTranslator translator;
  private final BooleanSupplier cancelled;
  private final boolean textsRefused;
  private final boolean numbersRefused;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  /**
   * @param now whether to see what was appended in the very last moments too
   * @param cancelled ends a search when it becomes true
   */
  ReadView(LogQuery query, List<EventIndex> indices, boolean now, BooleanSupplier cancelled)
      throws IOException {
    this.query = query;
    this.cancelled = cancelled;
    boolean texts = false;
    boolean numbers = false;
    try {
      for (EventIndex index : indices) {
        DirectoryReader acquired = index.acquire(now);
        if (acquired == null) {
          continue;
        }
        readers.add(acquired);
        DayState state = index.state();
        minTime = Math.min(minTime, state.minTime());
        maxTime = Math.max(maxTime, state.maxTime());
        texts |= state.texts().isClosed();
        numbers |= state.numbers().isClosed();
      }
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
    textsRefused = texts;
    numbersRefused = numbers;
    reader = new MultiReader(readers.toArray(IndexReader[]::new), false);
    searcher = new IndexSearcher(reader);
    // Answers are cached above, where it is known what they depend on.
    searcher.setQueryCache(null);
    searcher.setTimeout(cancelled::getAsBoolean);
    translator = new FilterTranslator(numbersRefused);
  }

  IndexSearcher searcher() {
    return searcher;
  }

  boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  int documents() {
    return reader.numDocs();
  }

  /** The first and the last time that the query can find. */
  long from() {
    return Math.max(query.fromNanos(), minTime);
  }

  long to() {
    return Math.min(query.toNanos() - 1, maxTime);
  }

  boolean textsRefused() {
    return textsRefused;
  }

  boolean numbersRefused() {
    return numbersRefused;
  }

  /** Filter and scope, without the time. */
  Query filter() {
    return FilterTranslator.combine(
        Occur.FILTER, translator.translate(query.scope()), translator.translate(query.filter()));
  }

  /** Filter, scope and time. */
  Query whole() {
    boolean coversAll = query.fromNanos() <= minTime && query.toNanos() > maxTime;
    return coversAll ? filter() : within(query.fromNanos(), query.toNanos() - 1);
  }

  /** Filter and scope between two times, both included. */
  Query within(long from, long to) {
    return FilterTranslator.combine(
        Occur.FILTER, LongPoint.newRangeQuery(IndexFields.TIME, from, to), filter());
  }

  @Override
  public void close() throws IOException {
    try {
      // It holds each index once more than this view does.
      reader.close();
    } finally {
      release();
    }
  }

  private void release() throws IOException {
    for (DirectoryReader acquired : readers) {
      acquired.decRef();
    }
    readers.clear();
  }
}
