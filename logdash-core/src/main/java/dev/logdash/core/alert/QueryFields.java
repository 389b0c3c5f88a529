package dev.logdash.core.alert;

import dev.logdash.api.store.Filter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fields that a filter asks about. */
final class QueryFields {

  private QueryFields() {}

  static Set<String> of(Filter filter) {
    Set<String> fields = new TreeSet<>();
    collect(filter, fields);
    return fields;
  }

  private static void collect(Filter filter, Set<String> fields) {
    if (filter instanceof Filter.And and) {
      collect(and.filters(), fields);
    } else if (filter instanceof Filter.Or or) {
      collect(or.filters(), fields);
    } else if (filter instanceof Filter.Not not) {
      collect(not.filter(), fields);
    } else if (filter instanceof Filter.Phrase phrase) {
      fields.add(phrase.field());
    } else if (filter instanceof Filter.TokenPattern pattern) {
      fields.add(pattern.field());
    } else if (filter instanceof Filter.Equal equal) {
      fields.add(equal.field());
    } else if (filter instanceof Filter.ValuePattern pattern) {
      fields.add(pattern.field());
    } else if (filter instanceof Filter.Range range) {
      fields.add(range.field());
    } else if (filter instanceof Filter.Exists exists) {
      fields.add(exists.field());
    } else if (filter instanceof Filter.Near near) {
      fields.add(near.field());
    } else if (filter instanceof Filter.Alike alike) {
      fields.add(alike.field());
    } else if (filter instanceof Filter.AnyField any) {
      fields.add(any.names());
    }
  }

  private static void collect(List<Filter> filters, Set<String> fields) {
    filters.forEach(filter -> collect(filter, fields));
  }
}
