package dev.logdash.embedded;

import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/** A query whose terms were looked up before, for several searches of one searcher. */
final class PreparedQuery extends Query {

  private final Weight weight;

  /**
   * @param weight that needs no scores
   */
  PreparedQuery(Weight weight) {
    this.weight = weight;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
    return weight;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    weight.getQuery().visit(visitor);
  }

  @Override
  public String toString(String field) {
    return weight.getQuery().toString(field);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PreparedQuery other && weight == other.weight;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(weight);
  }
}
