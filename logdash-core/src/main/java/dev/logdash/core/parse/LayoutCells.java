package dev.logdash.core.parse;

/** The cells between tabs and bars of a layout. */
final class LayoutCells {

  private LayoutCells() {}

  /**
   * Takes the logger that zap prints between tabs, which has a dot in its name or a place in the
   * code behind it, and {@code main} and {@code a.b.Shop} of Airlift; returns where the cell behind
   * begins.
   */
  static int logger(byte[] b, int from, int to, LayoutParts parts) {
    int end = Bytes.indexOf(b, from, Math.min(to, from + LayoutWords.LONGEST), '\t');
    if (end <= from || end + 1 >= to) {
      return from;
    }
    int second = Bytes.indexOf(b, end + 1, Math.min(to, end + LayoutWords.LONGEST), '\t');
    if (second > 0 && LayoutWords.isClass(b, end + 1, second)) {
      parts.thread.set(from, end);
      parts.logger.set(end + 1, second);
      return second + 1;
    }
    if (!Bytes.startsWith(b, end + 1, to, "{\"")
        && isLogger(b, from, end, to)
        && (Bytes.indexOf(b, from, end - 1, '.') > 0 || isPlace(b, end + 1, to))
        && !CodeLocation.is(b, from, end)) {
      parts.logger.set(from, end);
      return end + 1;
    }
    return from;
  }

  /** Whether the word between bars stands before a level between bars, even if it is called so. */
  static boolean isBeforeLevel(byte[] b, int from, int end, int to) {
    if (b[from - 1] != ' ' || b[from - 2] != '|') {
      return false;
    }
    int bar = Bytes.skipSpaces(b, end, to);
    if (Bytes.at(b, bar, to) != '|' || Severities.ofWord(b, from, end) == 0) {
      return false;
    }
    int level = Bytes.skipSpaces(b, bar + 1, to);
    int levelEnd = Bytes.endOfWord(b, level, to);
    return Bytes.at(b, Bytes.skipSpaces(b, levelEnd, to), to) == '|'
        && LayoutWords.isUpperCase(b, level, levelEnd)
        && Severities.ofWord(b, level, levelEnd) > 0;
  }

  /** Envoy's scope under Istio has two words: envoy main. */
  private static boolean isLogger(byte[] b, int from, int end, int to) {
    int space = Bytes.indexOf(b, from, end, ' ');
    return space < 0
        ? LayoutWords.isLogger(b, from, end)
        : LayoutWords.isLogger(b, from, space)
            && LayoutWords.isLogger(b, space + 1, end)
            && isPlace(b, end + 1, to);
  }

  private static boolean isPlace(byte[] b, int from, int to) {
    int end = Bytes.indexOf(b, from, Math.min(to, from + LayoutWords.LONGEST), '\t');
    return end > from && CodeLocation.is(b, from, end);
  }
}
