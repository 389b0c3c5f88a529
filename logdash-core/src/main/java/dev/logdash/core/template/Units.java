package dev.logdash.core.template;

/** The units that are written right behind a number. */
final class Units {

  private static final String[] NAMES = {
    "ms", "s", "us", "ns", "m", "h", "d", "min", "sec", "secs", "mins", "hrs", "hr", "b", "k", "kb",
    "mb", "gb", "tb", "kib", "mib", "gib", "g", "t", "x", "px", "hz", "khz", "mhz", "ghz", "kbps",
    "mbps", "st", "nd", "rd", "th", "bit", "v", "w", "c", "l", "u"
  };

  private Units() {}

  static boolean contains(char[] text, int from, int to) {
    int length = to - from;
    for (String name : NAMES) {
      if (name.length() == length && matches(name, text, from)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String name, char[] text, int from) {
    for (int i = 0; i < name.length(); i++) {
      if ((text[from + i] | 0x20) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** B, kB, MB, GB, TB, PB, also with an i. */
  static boolean isOfBytes(char[] text, int from, int to) {
    int length = to - from;
    if (length < 1 || length > 3 || text[to - 1] != 'B') {
      return false;
    }
    return length == 1
        || ("kKMGTP".indexOf(text[from]) >= 0 && (length == 2 || text[from + 1] == 'i'));
  }
}
