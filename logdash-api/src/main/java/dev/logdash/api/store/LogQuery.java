package dev.logdash.api.store;

import dev.logdash.api.event.OrderKey;
import dev.logdash.api.event.RawRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which events, in which order, how many. Immutable; starts as all events of all time. */
public final class LogQuery {

  /** The most events a page may have. */
  public static final int MAX_LIMIT = 10_000;

  /** Which end of the order comes first. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  private final String dataset;
  private final long fromNanos;
  private final long toNanos;
  private final Filter filter;
  private final Filter scope;
  private final Order order;
  private final int limit;
  private final @Nullable OrderKey after;

  private LogQuery(Builder builder) {
    this.dataset = builder.dataset;
    this.fromNanos = builder.fromNanos;
    this.toNanos = builder.toNanos;
    this.filter = builder.filter;
    this.scope = builder.scope;
    this.order = builder.order;
    this.limit = builder.limit;
    this.after = builder.after;
  }

  public static Builder builder() {
    return new Builder();
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.dataset = dataset;
    builder.fromNanos = fromNanos;
    builder.toNanos = toNanos;
    builder.filter = filter;
    builder.scope = scope;
    builder.order = order;
    builder.limit = limit;
    builder.after = after;
    return builder;
  }

  public String dataset() {
    return dataset;
  }

  /** The first time included, in nanoseconds since 1970. */
  public long fromNanos() {
    return fromNanos;
  }

  /** The first time no longer included, likewise. */
  public long toNanos() {
    return toNanos;
  }

  public Filter filter() {
    return filter;
  }

  /** What the reader may see; holds beside the filter, whatever that says. */
  public Filter scope() {
    return scope;
  }

  public Order order() {
    return order;
  }

  public int limit() {
    return limit;
  }

  /** The key behind which the page starts, in the order of the query; null for the first page. */
  public @Nullable OrderKey after() {
    return after;
  }

  /** Collects a query; to be used by one thread. */
  public static final class Builder {

    private String dataset = RawRecord.DEFAULT_DATASET;
    private long fromNanos;
    private long toNanos = Long.MAX_VALUE;
    private Filter filter = Filter.ALL;
    private Filter scope = Filter.ALL;
    private Order order = Order.NEWEST_FIRST;
    private int limit = 100;
    private @Nullable OrderKey after;

    private Builder() {}

    /** The dataset to look into, {@value RawRecord#DEFAULT_DATASET} where nothing is said. */
    public Builder dataset(String value) {
      dataset = Objects.requireNonNull(value, "dataset");
      return this;
    }

    /**
     * Events from one time, included, to another, excluded; both in nanoseconds since 1970. All of
     * them where nothing is said.
     *
     * @throws IllegalArgumentException if a time is negative, or the second before the first
     */
    public Builder between(long from, long to) {
      if (from < 0 || to < from) {
        throw new IllegalArgumentException("not a span of time: " + from + " to " + to);
      }
      fromNanos = from;
      toNanos = to;
      return this;
    }

    /** What the events must be like; {@link Filter#ALL} where nothing is said. */
    public Builder filter(Filter value) {
      filter = Objects.requireNonNull(value, "filter");
      return this;
    }

    /** What the reader may see; {@link Filter#ALL} where nothing is said. */
    public Builder scope(Filter value) {
      scope = Objects.requireNonNull(value, "scope");
      return this;
    }

    /** {@link Order#NEWEST_FIRST} where nothing is said. */
    public Builder order(Order value) {
      order = Objects.requireNonNull(value, "order");
      return this;
    }

    /**
     * How many events a page has at most: 1 to {@value #MAX_LIMIT}, 100 where nothing is said.
     *
     * @throws IllegalArgumentException if it is outside of that
     */
    public Builder limit(int value) {
      if (value < 1 || value > MAX_LIMIT) {
        throw new IllegalArgumentException("limit is not within 1 and " + MAX_LIMIT + ": " + value);
      }
      limit = value;
      return this;
    }

    /** The key of the last event of the page before; null for the first page. */
    public Builder after(@Nullable OrderKey value) {
      after = value;
      return this;
    }

    public LogQuery build() {
      return new LogQuery(this);
    }
  }
}
