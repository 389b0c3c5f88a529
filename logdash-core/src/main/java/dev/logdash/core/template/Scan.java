package dev.logdash.core.template;

/**
 * Finds the ends of digits and numbers in a text. Each method answers with the place behind the
 * value that begins at a place, or -1 if there is none.
 */
final class Scan {

  static final byte DIGIT = 1;
  static final byte HEX_LETTER = 2;
  static final byte LETTER = 4;
  static final byte ALPHANUMERIC = DIGIT | HEX_LETTER | LETTER;

  private static final byte[] CLASSES = classes();

  private Scan() {}

  private static byte[] classes() {
    byte[] classes = new byte[128];
    for (char c = '0'; c <= '9'; c++) {
      classes[c] = DIGIT;
    }
    for (char c = 'a'; c <= 'z'; c++) {
      byte kind = c <= 'f' ? HEX_LETTER : LETTER;
      classes[c] = kind;
      classes[c - 'a' + 'A'] = kind;
    }
    return classes;
  }

  /** The class of a character; letters beyond ASCII are letters. */
  static byte classOf(char c) {
    return c < 128 ? CLASSES[c] : beyond(c);
  }

  private static byte beyond(char c) {
    return Character.isLetter(c) ? LETTER : 0;
  }

  static boolean isLetter(char c) {
    return (classOf(c) & (LETTER | HEX_LETTER)) != 0;
  }

  static boolean isDigit(char[] text, int at, int to) {
    return at < to && text[at] >= '0' && text[at] <= '9';
  }

  static boolean isHex(char[] text, int at, int to) {
    return at < to && text[at] < 128 && (CLASSES[text[at]] & (DIGIT | HEX_LETTER)) != 0;
  }

  static boolean isAlphanumeric(char[] text, int at, int to) {
    return at < to && classOf(text[at]) != 0;
  }

  static int digits(char[] text, int at, int to) {
    int i = at;
    while (i < to && (char) (text[i] - '0') < 10) {
      i++;
    }
    return i;
  }

  static int hexDigits(char[] text, int at, int to) {
    int i = at;
    while (isHex(text, i, to)) {
      i++;
    }
    return i;
  }

  /** The end of digits, fraction, exponent, version parts and unit; {@code at} is a digit. */
  static int number(char[] text, int at, int to) {
    int i = digits(text, at, to);
    while (i + 1 < to && text[i] == '.' && isDigit(text, i + 1, to)) {
      i = digits(text, i + 1, to);
    }
    if (i + 2 < to && (text[i] == 'e' || text[i] == 'E')) {
      int sign = text[i + 1] == '-' || text[i + 1] == '+' ? i + 2 : i + 1;
      int end = digits(text, sign, to);
      if (end > sign && !isAlphanumeric(text, end, to)) {
        return end;
      }
    }
    return unit(text, i, to);
  }

  private static int unit(char[] text, int at, int to) {
    int end = at;
    while (end < to && end - at < 4 && (classOf(text[end]) & (HEX_LETTER | LETTER)) != 0) {
      end++;
    }
    if (end == at || isAlphanumeric(text, end, to) || (end < to && text[end] == '_')) {
      return at;
    }
    return Units.contains(text, at, end) ? end : at;
  }

  /**
   * The end of a number with a unit behind a space: of bytes, which programs choose by the size of
   * the number, or of seconds where the number is only bounded, as in {@code <1 sec}.
   */
  static int sized(char[] text, int at, int end, int to) {
    if (end + 1 >= to || text[end] != ' ') {
      return end;
    }
    int unit = end + 1;
    int last = unit;
    while (last < to && last - unit < 4 && isLetter(text[last])) {
      last++;
    }
    if (last < to && (isLetter(text[last]) || classOf(text[last]) == DIGIT)) {
      return end;
    }
    boolean bounded = at > 0 && (text[at - 1] == '<' || text[at - 1] == '>');
    return Units.isOfBytes(text, unit, last) || (bounded && Units.contains(text, unit, last))
        ? last
        : end;
  }
}
