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
   * The value of a field, as text of at most 2,048 UTF-16 units, where longer ones are cut; events
   * without one form a group of their own with an empty key.
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
  public sealed interface Function {

    /** The field whose values it is computed from; empty if it needs none. */
    String field();

    /**
     * Whether a value that this function gave may differ from the true one; see there by how much.
     */
    default boolean isApproximate(double value) {
      return false;
    }
  }

  /** How many events there are. */
  public record Count() implements Function {
    @Override
    public String field() {
      return "";
    }
  }

  /** The sum of the numbers of a field; 0 where there are none. */
  public record Sum(String field) implements Function {}

  /** The smallest number of a field; not a number where there are none. */
  public record Min(String field) implements Function {}

  /** The largest number of a field; not a number where there are none. */
  public record Max(String field) implements Function {}

  /** The sum of the numbers of a field divided by how many they are; not a number for none. */
  public record Mean(String field) implements Function {}

  /**
   * The number of a field below which a share of its numbers lies: of n numbers in ascending order,
   * counted from 0, the one at the place share × (n − 1), rounded down. What is answered is within
   * 1 % of that number, where a number of either sign that is larger than 10^307 counts as that,
   * and one that is closer to zero than 10^-307 as zero. Not a number where there are none.
   *
   * @param share from 0, the smallest number, to 1, the largest
   */
  public record Percentile(String field, double share) implements Function {
    public Percentile {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share is not within 0 and 1: " + share);
      }
    }

    @Override
    public boolean isApproximate(double value) {
      return !Double.isNaN(value);
    }
  }

  /**
   * How many different values a field has, told apart by the text that {@link ByField} groups by; 0
   * where there are none. Exact up to {@value #EXACT}. Larger numbers are estimated, with a
   * standard error of 1.6 %: one in about three is further off than that, one in several hundred
   * further than 5 %. An estimate is always larger than {@value #EXACT}.
   */
  public record Distinct(String field) implements Function {

    /** Up to how many different values the number is exact. */
    public static final int EXACT = 4_096;

    @Override
    public boolean isApproximate(double value) {
      return value > EXACT;
    }
  }
}
