package dev.logdash.api.store;

import java.util.List;

/**
 * A question whose answer is a table: the events of a query in groups, with functions over each.
 *
 * @param query which events; its order, limit and page do not matter
 * @param groups what makes a group; none means one group of all events
 * @param functions what to compute for each group; at least one
 * @param maxRows the most rows; the groups with the most events stay, of equal ones the smaller key
 */
public record Aggregation(
    LogQuery query, List<Group> groups, List<Function> functions, int maxRows) {

  /** The most rows that may be asked for. */
  public static final int MAX_ROWS = 10_000;

  public Aggregation {
    groups = List.copyOf(groups);
    functions = List.copyOf(functions);
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("no function given");
    }
    if (maxRows < 1 || maxRows > MAX_ROWS) {
      throw new IllegalArgumentException(
          "maxRows is not within 1 and " + MAX_ROWS + ": " + maxRows);
    }
  }

  /** What makes a group. */
  public sealed interface Group {}

  /**
   * The value of a field, as text; events without one form a group of their own with an empty key.
   */
  public record ByField(String field) implements Group {}

  /**
   * The start of the span of time in which the event happened, in nanoseconds since 1970, as text.
   *
   * @param widthNanos how wide a span is; spans start at multiples of it since 1970
   */
  public record ByTime(long widthNanos) implements Group {
    public ByTime {
      if (widthNanos < 1) {
        throw new IllegalArgumentException("widthNanos is not positive: " + widthNanos);
      }
    }
  }

  /** Something computed over the events of a group. */
  public sealed interface Function {}

  /** How many events there are. */
  public record Count() implements Function {}

  /** The sum of the numbers of a field; 0 where there are none. */
  public record Sum(String field) implements Function {}

  /** The smallest number of a field; not a number where there are none. */
  public record Min(String field) implements Function {}

  /** The largest number of a field; not a number where there are none. */
  public record Max(String field) implements Function {}
}
