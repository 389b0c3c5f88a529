package dev.logdash.core.ingest;

/**
 * The record of several lines that the content of a followed file ends in, as long as it is not
 * whole: how long it has been waited for, and when that is long enough.
 */
final class UnfinishedRecord {

  // Who writes a row writes it at once, or in parts that follow closely.
  static final int QUIET_LOOKS = 4;
  static final long LONGEST_MILLIS = FileSet.GRACE.toMillis();

  private long lookMillis;
  private boolean row;
  private long at = -1;
  private long sinceMillis;
  // Looks that found nothing new behind it, and since when; -1 if there is no such record.
  private int quietLooks = -1;
  private long quietSinceMillis;
  private boolean quiet;
  private boolean ended;
  // Whether reading it as far as it goes was of no use.
  private boolean hopeless;

  /** Takes note of the time of the look that begins. */
  void look(long nowMillis) {
    lookMillis = nowMillis;
  }

  /** Takes note that the content does not end in such a record. */
  void forget() {
    quietLooks = -1;
    row = false;
    at = -1;
    quiet = false;
    ended = false;
    hopeless = false;
  }

  /**
   * Takes note of the record that the content ends in.
   *
   * @param isRow whether it is a row of CSV, else an entry of the journal
   * @param begin where in the content it begins
   */
  void found(boolean isRow, long begin) {
    hopeless = quiet && begin == at;
    quietLooks = 0;
    row = isRow;
    if (begin != at) {
      at = begin;
      sinceMillis = lookMillis;
    }
  }

  /** Takes note that the file has another name. */
  void renamed() {
    quietLooks = Math.min(quietLooks, 0);
  }

  /** Takes note that the content has more than at the last look. */
  void grown() {
    quiet = false;
    ended = false;
    hopeless = false;
  }

  /**
   * Takes note that the look found nothing new. Answers whether the record has been waited for long
   * enough: a row for a few looks, an entry until nobody goes on with it any more, anything in a
   * file that was given another name until nobody appends to it.
   */
  boolean isQuiet(boolean renamed) {
    if (quietLooks < 0) {
      return false;
    }
    quietLooks++;
    quietSinceMillis = quietLooks == 1 ? lookMillis : quietSinceMillis;
    boolean silent = lookMillis - quietSinceMillis >= LONGEST_MILLIS;
    ended = renamed && silent;
    quiet = !hopeless && (row ? quietLooks >= QUIET_LOOKS : silent);
    return quiet || ended;
  }

  /** Whether an entry is to be read as far as its lines have come. */
  boolean isQuiet() {
    return quiet;
  }

  /**
   * Up to which place rows that begin there and are not whole are to be read as lines: to the end
   * when nothing more comes, else the one that has been waited for long enough; -1 if none is.
   */
  long rowsEndUpTo() {
    if (quiet) {
      return Long.MAX_VALUE;
    }
    return row && lookMillis - sinceMillis >= LONGEST_MILLIS ? at : -1;
  }

  /** Whether nobody will append any more, so that whatever is not whole is complete. */
  boolean isEnded() {
    return ended;
  }
}
