package dev.logdash.core.redact;

/** What bytes mean, for those that are ASCII; others are neither letters nor digits. */
final class Ascii {

  private Ascii() {}

  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  static boolean isUpper(int b) {
    return b >= 'A' && b <= 'Z';
  }

  static boolean isLower(int b) {
    return b >= 'a' && b <= 'z';
  }

  static boolean isLetter(int b) {
    return isLower(b | 0x20);
  }

  static boolean isAlphanumeric(int b) {
    return isLetter(b) || isDigit(b);
  }

  static boolean isBlank(int b) {
    return b == ' ' || b == '\t';
  }

  static boolean isSpace(int b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  static int lower(int b) {
    return isUpper(b) ? b | 0x20 : b;
  }

  /** Characters of base 64 in both its alphabets, without padding. */
  static boolean isBase64(int b) {
    return isAlphanumeric(b) || b == '-' || b == '_' || b == '+' || b == '/';
  }

  static boolean isBase64Url(int b) {
    return isAlphanumeric(b) || b == '-' || b == '_';
  }

  /** In a string of a document the letter of an escaped line end or tab is no part of a word. */
  static int behindEscape(byte[] text, int at, int start, int end) {
    boolean escape = at > start && text[at - 1] == '\\' && at + 1 < end;
    return escape && (text[at] == 'n' || text[at] == 'r' || text[at] == 't') ? at + 1 : at;
  }

  static int skipBlanks(byte[] text, int from, int end) {
    int i = from;
    while (i < end && isBlank(text[i])) {
      i++;
    }
    return i;
  }

  /** Whether a range holds a word, whatever its case. */
  static boolean equals(byte[] text, int from, int to, String lowerCaseWord) {
    if (to - from != lowerCaseWord.length()) {
      return false;
    }
    for (int i = 0; i < lowerCaseWord.length(); i++) {
      if (lower(text[from + i]) != lowerCaseWord.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
