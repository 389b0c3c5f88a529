package dev.logdash.core.parse;

/** Cheap tests of whether a closer look at a text is worth its time. */
final class TextHints {

  private static final String[] SIGN_IN = {
    "login",
    "logon",
    "logged",
    "log in",
    "auth",
    "passw",
    "credential",
    "sign in",
    "sign-in",
    "signin",
    "publickey"
  };

  private static final String[] VERSIONS = {
    "upgrad", "updat", "version ", "package", "install", "downgrad"
  };

  private static final boolean[] STARTS_OF_SIGN_IN = starts(SIGN_IN);
  private static final boolean[] STARTS_OF_VERSIONS = starts(VERSIONS);

  private TextHints() {}

  /** Whether the text may hold an address or name a user; seldom true where it does neither. */
  static boolean mayTell(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      at = Bytes.indexOfHint(b, at, to);
      if (at >= to) {
        return false;
      }
      byte c = b[at];
      if (Bytes.isDigit(c)) {
        if (Bytes.isDigit(Bytes.at(b, at + 2, to))
            && hasDotWithin(b, at + 3, Math.min(to, at + 6))) {
          return true;
        }
      } else if (c == ':') {
        if (Bytes.at(b, at + 1, to) == ':' || isGroup(b, at + 1, to)) {
          return true;
        }
      } else if ((Bytes.at(b, at + 2, to) | 0x20) == 'e'
          && (Bytes.at(b, at + 3, to) | 0x20) == 'r') {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDotWithin(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (b[at] == '.') {
        return true;
      }
    }
    return false;
  }

  /** Whether up to four hexadecimal digits stand here, one of them a letter, and a colon behind. */
  private static boolean isGroup(byte[] b, int from, int to) {
    int at = from;
    boolean letter = false;
    while (at < to && at - from < 5) {
      int lower = b[at] | 0x20;
      if (lower >= 'a' && lower <= 'f') {
        letter = true;
      } else if (!Bytes.isDigit(b[at])) {
        break;
      }
      at++;
    }
    return (letter || at - from == 4) && Bytes.at(b, at, to) == ':';
  }

  /** Whether the text tells of somebody who signs in, or fails to. */
  static boolean tellsOfSignIn(byte[] b, int from, int to) {
    return holdsOneOf(SIGN_IN, STARTS_OF_SIGN_IN, b, from, to);
  }

  /** Whether the text tells of software, whose versions look like addresses. */
  static boolean tellsOfVersions(byte[] b, int from, int to) {
    return holdsOneOf(VERSIONS, STARTS_OF_VERSIONS, b, from, to);
  }

  private static boolean holdsOneOf(String[] words, boolean[] starts, byte[] b, int from, int to) {
    for (int at = from; at < to - 3; at++) {
      if (starts[pair(b[at], b[at + 1])]) {
        for (String word : words) {
          if (startsWithIgnoringCase(b, at, to, word)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean[] starts(String[] words) {
    boolean[] starts = new boolean[1_024];
    for (String word : words) {
      starts[pair((byte) word.charAt(0), (byte) word.charAt(1))] = true;
    }
    return starts;
  }

  // The lowest five bits of a letter are its place in the alphabet, in either case.
  private static int pair(byte first, byte second) {
    return (first & 31) << 5 | (second & 31);
  }

  /** Whether the range begins with a text that is given in lower case. */
  static boolean startsWithIgnoringCase(byte[] b, int from, int to, String lower) {
    if (to - from < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      byte c = b[from + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text that is given in lower case fills the range. */
  static boolean equalIgnoringCase(byte[] b, int from, int to, String lower) {
    return to - from == lower.length() && startsWithIgnoringCase(b, from, to, lower);
  }
}
