package dev.logdash.server;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

  private static final String[] BYTE_UNITS = {"B", "KB", "MB", "GB", "TB"};

  private Numbers() {}

  static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A size in powers of 1,024. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1_024 && unit < BYTE_UNITS.length - 1) {
      value /= 1_024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTE_UNITS[unit]);
  }

  /** A length of time in the unit that reads best; a dash for what is not a number. */
  static String nanos(double nanos) {
    if (Double.isNaN(nanos)) {
      return "-";
    }
    if (nanos < 1e6) {
      return rounded(nanos / 1e3) + " us";
    }
    if (nanos < 1e9) {
      return rounded(nanos / 1e6) + " ms";
    }
    return rounded(nanos / 1e9) + " s";
  }

  /** Events each second, or each minute, hour or day where that reads better. */
  static String rate(double perSecond) {
    if (perSecond >= 1 || perSecond == 0) {
      return rounded(perSecond) + "/s";
    }
    if (perSecond * 60 >= 1) {
      return rounded(perSecond * 60) + "/min";
    }
    double perHour = perSecond * 3_600;
    return perHour >= 1 ? rounded(perHour) + "/h" : rounded(perHour * 24) + "/d";
  }

  /** A share in per cent. */
  static String share(long part, long whole) {
    if (part == 0 || whole == 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    return percent < 0.01 ? "<0.01 %" : rounded(percent) + " %";
  }

  private static String rounded(double value) {
    if (value >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
