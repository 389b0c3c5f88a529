package dev.logdash.core.table;

import dev.logdash.api.error.BackendException;

/**
 * The memory that the percentiles, the distinct counts and the long keys of one table may take
 * together.
 */
public final class TableBudget {

  /** How much that is, in bytes; more would endanger the host's memory. */
  public static final long BYTES = 64L << 20;

  // Shorter keys are bounded well enough by the number of groups.
  private static final int LONG_KEY = 256;

  private long left = BYTES;

  /**
   * Takes what a key needs that no group had so far.
   *
   * @throws BackendException.Rejected if there is not so much left
   */
  public void takeKey(String key) {
    if (key.length() > LONG_KEY) {
      take(2L * key.length());
    }
  }

  /**
   * Takes some of it.
   *
   * @throws BackendException.Rejected if there is not so much left
   */
  void take(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw new BackendException.Rejected(
          "percentiles, distinct counts and long keys of so many groups take more than "
              + (BYTES >> 20)
              + " MB; group by less or narrow the query",
          null);
    }
  }
}
