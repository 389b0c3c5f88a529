package dev.logdash.core.view;

import dev.logdash.api.store.LogQuery;
import java.util.List;
import java.util.Objects;

/**
 * One chart or list of a dashboard: a query and a way to look at it.
 *
 * @param query which events
 * @param size for a histogram the most buckets, 1 to {@value #MAX_BUCKETS}; for top values how many
 *     of a field, 1 to {@value #MAX_TOP}
 * @param fields which fields, where the kind needs them; at most {@value #MAX_FIELDS}
 */
public record Panel(Kind kind, LogQuery query, int size, List<String> fields) {

  /** The most buckets of a histogram. */
  public static final int MAX_BUCKETS = 400;

  /** The most values of a field. */
  public static final int MAX_TOP = 100;

  /** The most fields with their values. */
  public static final int MAX_FIELDS = 20;

  /** How to look at a query. */
  public enum Kind {
    /** How many events in each span of time, by severity class. */
    HISTOGRAM,
    /** The most frequent values of some fields. */
    TOP_VALUES,
    /** Which fields the newest events have. */
    FIELDS
  }

  public Panel {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(query, "query");
    fields = List.copyOf(fields);
    int most = kind == Kind.HISTOGRAM ? MAX_BUCKETS : MAX_TOP;
    if (size < 1 || size > most) {
      throw new IllegalArgumentException("size is not within 1 and " + most + ": " + size);
    }
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException("more than " + MAX_FIELDS + " fields");
    }
  }

  /** How many events there are when. */
  public static Panel histogram(LogQuery query, int buckets) {
    return new Panel(Kind.HISTOGRAM, query, buckets, List.of());
  }

  /** The most frequent values of each field. */
  public static Panel topValues(LogQuery query, List<String> fields, int top) {
    return new Panel(Kind.TOP_VALUES, query, top, fields);
  }

  /** Which fields the newest events have. */
  public static Panel fields(LogQuery query) {
    return new Panel(Kind.FIELDS, query, 1, List.of());
  }
}
