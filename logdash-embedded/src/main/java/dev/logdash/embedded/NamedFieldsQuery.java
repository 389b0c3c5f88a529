package dev.logdash.embedded;

import dev.logdash.api.store.Filter;
import dev.logdash.core.query.FilterMatcher;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;

/**
 * Asks the fields whose names match a pattern, as soon as it is known in which index. Where they
 * are too many, the events are read.
 */
final class NamedFieldsQuery extends Query {

  /** The most fields that the pattern of one clause is resolved to. */
  static final int MAX_FIELDS = 1_000;

  private final Filter.AnyField filter;
  private final Function<Set<String>, List<Query>> ofFields;
  private final AtomicInteger left;

  /**
   * @param ofFields the queries of which one has to match, by the names of fields
   * @param left how many fields the patterns of the whole query may still be resolved to
   */
  NamedFieldsQuery(
      Filter.AnyField filter, Function<Set<String>, List<Query>> ofFields, AtomicInteger left) {
    this.filter = filter;
    this.ofFields = ofFields;
    this.left = left;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Set<String> fields = new TreeSet<>();
    boolean all =
        NamesInIndex.addTo(
            fields, Math.min(MAX_FIELDS, left.get()), filter, searcher.getIndexReader());
    if (!all || left.addAndGet(-fields.size()) < 0) {
      return new EventMatchQuery(new MatchAllDocsQuery(), FilterMatcher.of(filter));
    }
    return fields.isEmpty()
        ? new MatchNoDocsQuery("no such field")
        : new AnyOfQuery(ofFields.apply(fields));
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return filter.toString();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof NamedFieldsQuery other && filter.equals(other.filter);
  }

  @Override
  public int hashCode() {
    return filter.hashCode();
  }
}
