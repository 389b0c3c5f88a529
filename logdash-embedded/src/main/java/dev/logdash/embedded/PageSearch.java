package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.jspecify.annotations.Nullable;

/**
 * Finds one page. It looks at windows of time, from the near end on, each wider than the one
 * before, and stops when the page is full; so the newest of many events are found without looking
 * at the others, and the few of a rare word at nearly the cost of one search.
 */
final class PageSearch {

  // Small enough for a fast first look, large enough that a common word fills a page in it.
  private static final long FIRST_WINDOW_DOCUMENTS = 2_000;
  private static final long FIRST_WINDOW_NANOS = 60_000_000_000L;
  private static final int GROWTH = 8;

  private final LogQuery query;
  private final ReadView view;
  private final boolean newestFirst;
  private final Comparator<Hit> order;
  private final PriorityQueue<Hit> worstFirst;
  private final int wanted;

  PageSearch(LogQuery query, ReadView view) {
    this.query = query;
    this.view = view;
    this.newestFirst = query.order() == LogQuery.Order.NEWEST_FIRST;
    Comparator<Hit> oldestFirst = Comparator.comparing(hit -> hit.key);
    this.order = newestFirst ? oldestFirst.reversed() : oldestFirst;
    this.wanted = query.limit() + 1;
    this.worstFirst = new PriorityQueue<>(order.reversed());
  }

  Page run() throws IOException {
    long from = view.from();
    long to = view.to();
    OrderKey after = query.after();
    if (after != null && newestFirst) {
      to = Math.min(to, after.timestampNanos());
    } else if (after != null) {
      from = Math.max(from, after.timestampNanos());
    }
    long width = firstWidth(from, to);
    while (from <= to && worstFirst.size() < wanted) {
      if (newestFirst) {
        long start = to - from < width ? from : to - width + 1;
        collect(start, to);
        to = start - 1;
      } else {
        long end = to - from < width ? to : from + width - 1;
        collect(from, end);
        from = end + 1;
      }
      width = width > Long.MAX_VALUE / GROWTH ? Long.MAX_VALUE : GROWTH * width;
    }
    return page();
  }

  private long firstWidth(long from, long to) {
    long documents = view.documents();
    if (from > to || documents <= FIRST_WINDOW_DOCUMENTS) {
      return Long.MAX_VALUE;
    }
    double share = (double) Math.max(FIRST_WINDOW_DOCUMENTS, 2L * wanted) / documents;
    return Math.max(1, Math.min(FIRST_WINDOW_NANOS, (long) ((to - from) * share)));
  }

  private void collect(long from, long to) throws IOException {
    view.searcher().search(view.within(from, to), new OneCollector(new Hits()));
    if (view.searcher().timedOut()) {
      throw new CancelledSearch();
    }
  }

  private Page page() throws IOException {
    List<Hit> hits = new ArrayList<>(worstFirst);
    hits.sort(order);
    boolean more = hits.size() == wanted;
    List<LogEvent> events = new ArrayList<>();
    for (Hit hit : more ? hits.subList(0, query.limit()) : hits) {
      events.add(new StoredEvents(hit.leaf.reader(), query.dataset()).get(hit.document));
    }
    return new Page(events, more);
  }

  private boolean isBehind(OrderKey key) {
    OrderKey after = query.after();
    if (after == null) {
      return true;
    }
    return newestFirst ? key.compareTo(after) < 0 : key.compareTo(after) > 0;
  }

  /** A document of the page, so far. */
  private record Hit(OrderKey key, LeafReaderContext leaf, int document) {}

  private final class Hits extends SimpleCollector {

    private @Nullable LeafReaderContext leaf;
    private NumericDocValues times = DocValues.emptyNumeric();
    private NumericDocValues seqs = DocValues.emptyNumeric();
    private SortedDocValues producers = DocValues.emptySorted();
    private int lastOrd = -1;
    private String lastProducer = "";

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      leaf = context;
      times = DocValues.getNumeric(context.reader(), IndexFields.TIME);
      seqs = DocValues.getNumeric(context.reader(), IndexFields.SEQ);
      producers = DocValues.getSorted(context.reader(), IndexFields.PRODUCER);
      lastOrd = -1;
    }

    @Override
    public void collect(int document) throws IOException {
      times.advanceExact(document);
      long time = times.longValue();
      Hit worst = worstFirst.size() < wanted ? null : worstFirst.peek();
      if (worst != null) {
        long worstTime = worst.key.timestampNanos();
        if (newestFirst ? time < worstTime : time > worstTime) {
          return;
        }
      }
      seqs.advanceExact(document);
      OrderKey key = new OrderKey(time, producer(document), seqs.longValue());
      if (!isBehind(key) || leaf == null) {
        return;
      }
      Hit hit = new Hit(key, leaf, document);
      if (worst == null) {
        worstFirst.add(hit);
      } else if (order.compare(hit, worst) < 0) {
        worstFirst.poll();
        worstFirst.add(hit);
      }
    }

    private String producer(int document) throws IOException {
      if (!producers.advanceExact(document)) {
        return "";
      }
      int ord = producers.ordValue();
      if (ord != lastOrd) {
        lastOrd = ord;
        lastProducer = producers.lookupOrd(ord).utf8ToString();
      }
      return lastProducer;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
