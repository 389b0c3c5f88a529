package dev.logdash.core.parse.pattern;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dates of layouts, of which some have names. */
final class LayoutDates {

  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("DEFAULT", "yyyy-MM-dd HH:mm:ss,SSS"),
          Map.entry("DEFAULT_PERIOD", "yyyy-MM-dd HH:mm:ss.SSS"),
          Map.entry("DEFAULT_MICROS", "yyyy-MM-dd HH:mm:ss,SSSSSS"),
          Map.entry("DEFAULT_NANOS", "yyyy-MM-dd HH:mm:ss,SSSSSSSSS"),
          Map.entry("ISO8601", "yyyy-MM-dd'T'HH:mm:ss,SSS"),
          Map.entry("ISO8601_PERIOD", "yyyy-MM-dd'T'HH:mm:ss.SSS"),
          Map.entry("ISO8601_PERIOD_MICROS", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS"),
          Map.entry("ISO8601_BASIC", "yyyyMMdd'T'HHmmss,SSS"),
          Map.entry("ISO8601_BASIC_PERIOD", "yyyyMMdd'T'HHmmss.SSS"),
          Map.entry("ISO8601_OFFSET_DATE_TIME_HH", "yyyy-MM-dd'T'HH:mm:ss,SSSX"),
          Map.entry("ISO8601_OFFSET_DATE_TIME_HHMM", "yyyy-MM-dd'T'HH:mm:ss,SSSXX"),
          Map.entry("ISO8601_OFFSET_DATE_TIME_HHCMM", "yyyy-MM-dd'T'HH:mm:ss,SSSXXX"),
          Map.entry("ABSOLUTE", "HH:mm:ss,SSS"),
          Map.entry("ABSOLUTE_PERIOD", "HH:mm:ss.SSS"),
          Map.entry("ABSOLUTE_MICROS", "HH:mm:ss,SSSSSS"),
          Map.entry("ABSOLUTE_NANOS", "HH:mm:ss,SSSSSSSSS"),
          Map.entry("COMPACT", "yyyyMMddHHmmssSSS"),
          Map.entry("DATE", "dd MMM yyyy HH:mm:ss,SSS"),
          Map.entry("DATE_PERIOD", "dd MMM yyyy HH:mm:ss.SSS"),
          Map.entry("US_MONTH_DAY_YEAR2_TIME", "dd/MM/yy HH:mm:ss.SSS"),
          Map.entry("US_MONTH_DAY_YEAR4_TIME", "dd/MM/yyyy HH:mm:ss.SSS"));

  private LayoutDates() {}

  /** The date of {@code %d} with the options behind it. */
  static DatePattern of(LayoutDialect dialect, LayoutOptions options, int offset) {
    String first = options.count() > 0 ? options.text(0).strip() : "";
    int place = options.count() > 0 ? options.offset(0) : offset;
    return dialect == LayoutDialect.LOGBACK
        ? logback(first, place)
        : log4j(first, options.count() > 1 ? options.text(1) : null, place);
  }

  /** {@code pattern}, {@code "pattern", zone} or {@code pattern, zone, locale}. */
  private static DatePattern logback(String option, int offset) {
    String pattern = option;
    String rest = "";
    if (option.startsWith("\"")) {
      int close = option.indexOf('"', 1);
      if (close < 0) {
        throw new PatternException("the quote is not closed", offset);
      }
      pattern = option.substring(1, close);
      rest = option.substring(close + 1);
    } else {
      // A comma with a blank behind it or a zone's letter begins the zone; one with a letter of
      // the date is its own.
      int comma = option.lastIndexOf(", ");
      if (comma >= 0) {
        int earlier = option.lastIndexOf(", ", comma - 1);
        int cut = earlier >= 0 ? earlier : comma;
        pattern = option.substring(0, cut);
        rest = option.substring(cut);
      }
    }
    String[] further = rest.split(",", -1);
    String zone = further.length > 1 ? further[1] : null;
    switch (pattern) {
      case "":
      case "ISO8601":
        return DateLetters.read("yyyy-MM-dd HH:mm:ss,SSS", zone, offset);
      case "STRICT":
        return DateLetters.read("yyyy-MM-dd'T'HH:mm:ss,SSS", zone, offset);
      default:
        return DateLetters.read(pattern, zone, offset);
    }
  }

  private static DatePattern log4j(String pattern, @Nullable String zone, int offset) {
    switch (pattern) {
      case "":
        return DateLetters.read("yyyy-MM-dd HH:mm:ss,SSS", zone, offset);
      case "UNIX":
        return DateLetters.sinceEpoch(1, 1_000_000_000L);
      case "UNIX_MILLIS":
        return DateLetters.sinceEpoch(1, 1_000_000L);
      default:
        return DateLetters.read(NAMED.getOrDefault(pattern, pattern), zone, offset);
    }
  }
}
