package dev.logdash.core.parse.pattern;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the name that somebody may have meant. */
final class Nearest {

  private static final int LONGEST = 64;

  private Nearest() {}

  /** As {@code ; did you mean 'NUMBER'?}, or nothing if no name is near. */
  @SafeVarargs
  static String hint(String given, Collection<String>... names) {
    if (given.length() > LONGEST) {
      return "";
    }
    List<String> all = new ArrayList<>();
    for (Collection<String> some : names) {
      all.addAll(some);
    }
    String wanted = given.toLowerCase(Locale.ROOT);
    return all.stream()
        .min(
            Comparator.<String>comparingInt(name -> distance(wanted, name))
                .thenComparing(Comparator.naturalOrder()))
        .filter(name -> distance(wanted, name) <= Math.max(1, given.length() / 3))
        .map(name -> "; did you mean '" + name + "'?")
        .orElse("");
  }

  private static int distance(String wanted, String candidate) {
    String name = candidate.toLowerCase(Locale.ROOT);
    int[] row = new int[name.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= wanted.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (wanted.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[name.length()];
  }
}
