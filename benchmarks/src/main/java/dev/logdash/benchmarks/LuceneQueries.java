package dev.logdash.benchmarks;

import dev.logdash.api.event.EcsFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** The questions of the benchmark, asked of the index of {@link PlainDocument}, in one thread. */
final class LuceneQueries {

  private static final int SEVERITIES = 32;

  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final long first;
  private final long last;

  LuceneQueries(DirectoryReader reader) throws IOException {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    this.first =
        LongPoint.decodeDimension(PointValues.getMinPackedValue(reader, PlainDocument.TIME), 0);
    this.last =
        LongPoint.decodeDimension(PointValues.getMaxPackedValue(reader, PlainDocument.TIME), 0);
  }

  long documents() {
    return reader.numDocs();
  }

  /** The time of the first and of the last event. */
  long first() {
    return first;
  }

  long last() {
    return last;
  }

  static Query word(String word) {
    return new TermQuery(new Term(EcsFields.MESSAGE, word));
  }

  static Query level(String level) {
    return new TermQuery(new Term(EcsFields.LOG_LEVEL, level));
  }

  static Query phrase(String... words) {
    return new PhraseQuery(EcsFields.MESSAGE, words);
  }

  static Query both(Query left, Query right) {
    return new BooleanQuery.Builder().add(left, Occur.FILTER).add(right, Occur.FILTER).build();
  }

  static Query since(long nanos) {
    return LongPoint.newRangeQuery(PlainDocument.TIME, nanos, Long.MAX_VALUE);
  }

  /** The word of the message that about so many events have. */
  String wordOf(long events) throws IOException {
    Terms terms = MultiTerms.getTerms(reader, EcsFields.MESSAGE);
    TermsEnum all = terms.iterator();
    String best = "";
    long distance = Long.MAX_VALUE;
    for (BytesRef term = all.next(); term != null; term = all.next()) {
      long off = Math.abs(all.docFreq() - events);
      if (off < distance && Character.isLetter(term.utf8ToString().charAt(0))) {
        distance = off;
        best = term.utf8ToString();
      }
    }
    return best;
  }

  /** The times of the newest events; their stored fields are read too. */
  List<Long> newest(Query query, int limit) {
    try {
      Sort byTime = new Sort(new SortField(PlainDocument.TIME, SortField.Type.LONG, true));
      StoredFields stored = reader.storedFields();
      List<Long> times = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query, limit, byTime).scoreDocs) {
        times.add((Long) ((FieldDoc) hit).fields[0]);
        if (stored.document(hit.doc).getBinaryValue("event") == null) {
          throw new IOException("document " + hit.doc + " has no event");
        }
      }
      return times;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long count(Query query) {
    try {
      return searcher.count(query);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a histogram, as their number and the sum of their counts. */
  List<Long> histogram(Query query, long widthNanos, boolean bySeverity) {
    Histogram histogram = new Histogram(widthNanos, bySeverity);
    try {
      searcher.search(
          query,
          new CollectorManager<Histogram, Histogram>() {
            @Override
            public Histogram newCollector() {
              return histogram;
            }

            @Override
            public Histogram reduce(Collection<Histogram> collectors) {
              return histogram;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long rows = 0;
    long sum = 0;
    for (long[] bucket : histogram.buckets.values()) {
      for (long count : bucket) {
        rows += count > 0 ? 1 : 0;
        sum += count;
      }
    }
    return List.of(rows, sum);
  }

  private static final class Histogram extends SimpleCollector {

    private final Map<Long, long[]> buckets = new HashMap<>();
    private final long width;
    private final boolean bySeverity;
    private NumericDocValues times = DocValues.emptyNumeric();
    private NumericDocValues severities = DocValues.emptyNumeric();
    private long lastStart = 1;
    private long[] bucket = new long[SEVERITIES];

    Histogram(long width, boolean bySeverity) {
      this.width = width;
      this.bySeverity = bySeverity;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      times = DocValues.getNumeric(context.reader(), PlainDocument.TIME);
      severities = DocValues.getNumeric(context.reader(), "l:" + EcsFields.SEVERITY);
    }

    @Override
    public void collect(int document) throws IOException {
      times.advanceExact(document);
      long time = times.longValue();
      long start = time - Math.floorMod(time, width);
      if (start != lastStart) {
        lastStart = start;
        bucket = buckets.computeIfAbsent(start, key -> new long[SEVERITIES]);
      }
      int severity =
          bySeverity && severities.advanceExact(document) ? (int) severities.longValue() : 0;
      bucket[severity]++;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
