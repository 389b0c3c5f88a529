package dev.logdash.core.table;

import dev.logdash.api.error.BackendException;

/** The memory that the percentiles and distinct counts of one table may take together. */
public final class TableBudget {

  /** How much that is, in bytes; more would endanger the host's memory. */
  public static final long BYTES = 64L << 20;

  private long left = BYTES;

  /**
   * Takes some of it.
   *
   * @throws BackendException.Rejected if there is not so much left
   */
  void take(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw new BackendException.Rejected(
          "percentiles and distinct counts of so many groups take more than "
              + (BYTES >> 20)
              + " MB; group by less or narrow the query",
          null);
    }
  }
}
