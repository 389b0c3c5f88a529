package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import java.io.IOException;
import java.util.function.Predicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * The events that a predicate takes, found by reading each event that another query lets through.
 * Slow, and only for what the index has no answer to.
 */
final class EventMatchQuery extends Query {

  // Reading and decompressing a stored event, in units of a look at one doc value.
  private static final float COST = 1_000;

  private final Query candidates;
  private final Predicate<LogEvent> test;

  EventMatchQuery(Query candidates, Predicate<LogEvent> test) {
    this.candidates = candidates;
    this.test = test;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Query rewritten = candidates.rewrite(searcher);
    return rewritten.equals(candidates) ? this : new EventMatchQuery(rewritten, test);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    Weight inner = candidates.createWeight(searcher, ScoreMode.COMPLETE_NO_SCORES, 1);
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable Scorer scorer(LeafReaderContext context) throws IOException {
        Scorer scorer = inner.scorer(context);
        if (scorer == null) {
          return null;
        }
        DocIdSetIterator approximation = scorer.iterator();
        StoredEvents events = new StoredEvents(context.reader(), "");
        TwoPhaseIterator twoPhase =
            new TwoPhaseIterator(approximation) {
              @Override
              public boolean matches() throws IOException {
                return test.test(events.get(approximation.docID()));
              }

              @Override
              public float matchCost() {
                return COST;
              }
            };
        return new ConstantScoreScorer(this, score(), scoreMode, twoPhase);
      }

      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "event(" + candidates.toString(field) + ')';
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof EventMatchQuery other
        && candidates.equals(other.candidates)
        && test == other.test;
  }

  @Override
  public int hashCode() {
    return 31 * candidates.hashCode() + System.identityHashCode(test);
  }
}
