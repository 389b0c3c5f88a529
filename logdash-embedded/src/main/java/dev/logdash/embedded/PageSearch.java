package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Finds one page. Where the filter lets few events through, all of them are looked at once. Else it
 * looks at windows of time, from the near end on, each wider than the one before, and stops when
 * the page is full; so the newest of many events are found without looking at the others.
 */
final class PageSearch {

  // So many are looked at in the time that looking at windows takes.
  private static final long FEW = 20_000;
  private static final int LOOK_UP_EVERY = 1 << 12;
  // Small enough for a fast first look, large enough that a common word fills a page in it.
  private static final long FIRST_WINDOW_MATCHES = 200;
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
    if (from <= to) {
      IndexSearcher searcher = view.searcher();
      Weight filter =
          searcher.createWeight(searcher.rewrite(view.filter()), ScoreMode.COMPLETE_NO_SCORES, 1);
      List<Leaf> leaves = leaves(filter, from, to);
      long matches = leaves.stream().mapToLong(leaf -> leaf.matches.cost()).sum();
      if (matches <= FEW) {
        collectAll(leaves, from, to);
      } else {
        collectWindows(new PreparedQuery(filter), from, to, matches);
      }
    }
    return page();
  }

  /** The segments with events of the span, the near end first. */
  private List<Leaf> leaves(Weight filter, long from, long to) throws IOException {
    List<Leaf> leaves = new ArrayList<>();
    for (LeafReaderContext context : view.searcher().getIndexReader().leaves()) {
      PointValues times = context.reader().getPointValues(IndexFields.TIME);
      if (times == null) {
        continue;
      }
      long first = LongPoint.decodeDimension(times.getMinPackedValue(), 0);
      long last = LongPoint.decodeDimension(times.getMaxPackedValue(), 0);
      ScorerSupplier matches = first > to || last < from ? null : filter.scorerSupplier(context);
      if (matches != null) {
        leaves.add(new Leaf(context, first, last, matches));
      }
    }
    leaves.sort(
        newestFirst
            ? Comparator.comparingLong((Leaf leaf) -> leaf.last).reversed()
            : Comparator.comparingLong((Leaf leaf) -> leaf.first));
    return leaves;
  }

  private void collectAll(List<Leaf> leaves, long from, long to) throws IOException {
    for (Leaf leaf : leaves) {
      if (isFull() && isBeyond(newestFirst ? leaf.last : leaf.first)) {
        return;
      }
      Hits hits = new Hits();
      hits.doSetNextReader(leaf.context);
      Bits live = leaf.context.reader().getLiveDocs();
      DocIdSetIterator found = leaf.matches.get(Long.MAX_VALUE).iterator();
      int looks = 0;
      for (int document = found.nextDoc();
          document != DocIdSetIterator.NO_MORE_DOCS;
          document = found.nextDoc()) {
        if (++looks % LOOK_UP_EVERY == 0 && view.isCancelled()) {
          throw new CancelledSearch();
        }
        if (live == null || live.get(document)) {
          hits.collect(document, from, to);
        }
      }
    }
  }

  private void collectWindows(Query filter, long first, long last, long matches)
      throws IOException {
    long from = first;
    long to = last;
    long width = firstWidth(from, to, matches);
    while (from <= to && !isFull()) {
      if (newestFirst) {
        long start = to - from < width ? from : to - width + 1;
        collect(filter, start, to);
        to = start - 1;
      } else {
        long end = to - from < width ? to : from + width - 1;
        collect(filter, from, end);
        from = end + 1;
      }
      width = width > Long.MAX_VALUE / GROWTH ? Long.MAX_VALUE : GROWTH * width;
    }
  }

  private long firstWidth(long from, long to, long matches) {
    double share = Math.max((double) FIRST_WINDOW_MATCHES / matches, 4.0 * wanted / matches);
    return Math.max(1, Math.min(FIRST_WINDOW_NANOS, (long) ((to - from) * share)));
  }

  private void collect(Query filter, long from, long to) throws IOException {
    Query within =
        FilterTranslator.combine(
            Occur.FILTER, LongPoint.newRangeQuery(IndexFields.TIME, from, to), filter);
    view.searcher().search(within, new OneCollector(new Hits()));
    if (view.searcher().timedOut()) {
      throw new CancelledSearch();
    }
  }

  private boolean isFull() {
    return worstFirst.size() >= wanted;
  }

  /** Whether a full page takes nothing of a time any more. */
  private boolean isBeyond(long time) {
    Hit worst = worstFirst.peek();
    return worst != null
        && (newestFirst ? time < worst.key.timestampNanos() : time > worst.key.timestampNanos());
  }

  private Page page() throws IOException {
    List<Hit> hits = new ArrayList<>(worstFirst);
    hits.sort(order);
    boolean more = hits.size() == wanted;
    return new Page(read(more ? hits.subList(0, query.limit()) : hits), more);
  }

  /** The events of hits. Neighbours on the disk are read together, since they share a block. */
  private List<LogEvent> read(List<Hit> hits) throws IOException {
    List<Hit> onDisk = new ArrayList<>(hits);
    onDisk.sort(
        Comparator.comparingInt((Hit hit) -> hit.leaf.ord).thenComparingInt(hit -> hit.document));
    Map<Hit, LogEvent> events = new HashMap<>();
    StoredEvents stored = null;
    LeafReaderContext leaf = null;
    for (Hit hit : onDisk) {
      if (stored == null || leaf != hit.leaf) {
        leaf = hit.leaf;
        stored = new StoredEvents(leaf.reader(), query.dataset());
      }
      events.put(hit, stored.get(hit.document));
    }
    return hits.stream().map(events::get).toList();
  }

  private boolean isBehind(OrderKey key) {
    OrderKey after = query.after();
    if (after == null) {
      return true;
    }
    return newestFirst ? key.compareTo(after) < 0 : key.compareTo(after) > 0;
  }

  /** A segment with events of the span, when its first and its last are, and what matches. */
  private record Leaf(LeafReaderContext context, long first, long last, ScorerSupplier matches) {}

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
      collect(document, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    void collect(int document, long from, long to) throws IOException {
      times.advanceExact(document);
      long time = times.longValue();
      if (time < from || time > to || (isFull() && isBeyond(time))) {
        return;
      }
      Hit worst = isFull() ? worstFirst.peek() : null;
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
