package dev.logdash.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.DocIdSetBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The documents of any of some queries, which may be more than the clauses that Lucene allows to
 * one. They are asked one after the other, so that few are open at a time.
 */
final class AnyOfQuery extends Query {

  private final List<Query> queries;

  AnyOfQuery(List<Query> queries) {
    this.queries = List.copyOf(queries);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    List<Weight> weights = new ArrayList<>(queries.size());
    for (Query query : queries) {
      weights.add(searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1));
    }
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable Scorer scorer(LeafReaderContext context) throws IOException {
        DocIdSetBuilder documents = new DocIdSetBuilder(context.reader().maxDoc());
        boolean found = false;
        for (Weight weight : weights) {
          Scorer scorer = weight.scorer(context);
          if (scorer != null) {
            documents.add(scorer.iterator());
            found = true;
          }
        }
        return found
            ? new ConstantScoreScorer(this, score(), scoreMode, documents.build().iterator())
            : null;
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
    return "any" + queries;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof AnyOfQuery other && queries.equals(other.queries);
  }

  @Override
  public int hashCode() {
    return queries.hashCode();
  }
}
