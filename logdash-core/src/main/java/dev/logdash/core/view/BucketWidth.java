package dev.logdash.core.view;

/** Widths of time that people count in. */
final class BucketWidth {

  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final long[] WIDTHS = {
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    365 * DAY,
    3_650 * DAY,
    36_500 * DAY
  };

  private BucketWidth() {}

  /**
   * The smallest width with which a span of time has no more than so many buckets, counted from
   * multiples of the width since 1970.
   *
   * @param from in nanoseconds since 1970
   * @param to excluded
   * @param buckets at least 2
   */
  static long nanos(long from, long to, int buckets) {
    for (long width : WIDTHS) {
      if (count(from, to, width) <= buckets) {
        return width;
      }
    }
    return WIDTHS[WIDTHS.length - 1];
  }

  /** How many buckets of a width touch a span of time. */
  static long count(long from, long to, long width) {
    return to <= from ? 1 : (to - 1) / width - from / width + 1;
  }
}
