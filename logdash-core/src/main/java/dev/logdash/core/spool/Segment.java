package dev.logdash.core.spool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file of a lane.
 *
 * @param firstSeq no record in it has a lower sequence, nor has one in a later segment
 */
record Segment(int lane, long number, long firstSeq) {

  private static final String SUFFIX = ".seg";

  static String name(int lane, long number) {
    return String.format(Locale.ROOT, "%d-%08d%s", lane, number, SUFFIX);
  }

  String name() {
    return name(lane, number);
  }

  static boolean isName(String name) {
    return name.endsWith(SUFFIX);
  }

  /** The numbers of a lane's segments among the names of a folder, ascending. */
  static List<Long> numbers(int lane, List<String> names) {
    List<Long> numbers = new ArrayList<>();
    String prefix = lane + "-";
    for (String name : names) {
      if (isName(name) && name.startsWith(prefix)) {
        String digits = name.substring(prefix.length(), name.length() - SUFFIX.length());
        if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
          numbers.add(Long.parseLong(digits));
        }
      }
    }
    numbers.sort(null);
    return numbers;
  }
}
