package dev.logdash.core.parse;

import org.jspecify.annotations.Nullable;

/**
 * Finds the end of a row of CSV, whose quoted cells may hold line feeds (RFC 4180). The lines of a
 * row are looked at as they come, each once. For use by one thread.
 */
public final class QuotedRow {

  /** What {@link #end} gives while a quoted cell has no end. */
  public static final int OPEN = -1;

  /**
   * What {@link #end} gives where a quote turns out to enclose no cell, or there is one too many.
   */
  public static final int NONE = -2;

  private final char separator;
  private final int columns;
  // Places count from the begin of the row.
  private int at;
  private boolean inQuotes;
  private int cells;

  private QuotedRow(char separator, int columns) {
    this.separator = separator;
    this.columns = columns;
  }

  /**
   * A row that begins.
   *
   * @param header as {@link HeaderLine#find} gives it
   * @return null if no row behind such a header has more than one line
   */
  public static @Nullable QuotedRow of(String header) {
    HeaderLine read = HeaderLine.read(header);
    return read == null || read.isExtended() || read.zeek() != null || read.separator() == '\t'
        ? null
        : new QuotedRow(read.separator(), read.names().size());
  }

  /** This for another row. */
  public QuotedRow begin() {
    at = 0;
    inQuotes = false;
    cells = 0;
    return this;
  }

  /**
   * Where the row ends: at a line feed outside of quotes, or with the range.
   *
   * @param from where the row begins
   * @param to where its last line ends, without its line feed; from call to call further behind
   */
  public int end(byte[] b, int from, int to) {
    int i = from + at;
    while (true) {
      if (inQuotes) {
        int close = closing(b, i, to);
        if (close < 0) {
          at = -close - 1 - from;
          return OPEN;
        }
        i = close + 1;
        inQuotes = false;
      } else if (Bytes.at(b, i, to) == '"') {
        inQuotes = true;
        i++;
        continue;
      } else {
        while (i < to && b[i] != separator && b[i] != '\n') {
          i++;
        }
      }
      cells++;
      while (i < to && b[i] == '\r') {
        i++;
      }
      if (i >= to || b[i] == '\n') {
        return i;
      }
      // A row with more cells than its header is none, wherever it would end.
      if (b[i] != separator || cells >= columns) {
        return NONE;
      }
      i++;
    }
  }

  /** The quote that closes a cell; where looking for it goes on, as its negative less one. */
  private static int closing(byte[] b, int from, int to) {
    int i = from;
    while (true) {
      int quote = Bytes.indexOf(b, i, to, '"');
      if (quote < 0) {
        return -to - 1;
      }
      if (quote + 1 < to && b[quote + 1] == '"') {
        i = quote + 2;
      } else {
        return quote;
      }
    }
  }

  /** Whether a row that has its end has as many cells as its header. */
  public boolean isFull() {
    return cells == columns;
  }
}
