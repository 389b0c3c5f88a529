package dev.logdash.core.template;

/** Reads numbers out of values, without garbage. */
final class Numbers {

  private static final int MOST_DIGITS = 18;

  private Numbers() {}

  /** The decimal number that a text is, its unit aside; not a number if it is none. */
  static double of(char[] text, int from, int to) {
    int i = from;
    boolean negative = i < to && text[i] == '-';
    if (i < to && (negative || text[i] == '+')) {
      i++;
    }
    int end = Scan.digits(text, i, to);
    if (end == i || end - i > MOST_DIGITS) {
      return Double.NaN;
    }
    double number = whole(text, i, end);
    if (end + 1 < to && text[end] == '.') {
      int last = Scan.digits(text, end + 1, to);
      int digits = last - end - 1;
      if (digits == 0 || digits > MOST_DIGITS || (last < to && text[last] == '.')) {
        return Double.NaN;
      }
      number += whole(text, end + 1, last) / Math.pow(10, digits);
      end = last;
    }
    if (end < to && !isUnit(text, end, to)) {
      return Double.NaN;
    }
    return negative ? -number : number;
  }

  private static double whole(char[] text, int from, int to) {
    long whole = 0;
    for (int i = from; i < to; i++) {
      whole = 10 * whole + text[i] - '0';
    }
    return whole;
  }

  private static boolean isUnit(char[] text, int from, int to) {
    int start = text[from] == ' ' ? from + 1 : from;
    return start < to && to - start <= 4 && Units.contains(text, start, to);
  }
}
