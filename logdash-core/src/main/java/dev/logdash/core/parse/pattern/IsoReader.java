package dev.logdash.core.parse.pattern;

/** Reads {@code 2024-05-01T10:00:00.123Z} and its like, the usual case of what ISO 8601 allows. */
final class IsoReader implements Node.Reader {

  private static final int LENGTH = "2024-05-01T10:00:00".length();
  // d for a digit, t for T or a space; other characters stand for themselves.
  private static final String SHAPE = "dddd-dd-ddtdd:dd:dd";

  @Override
  public int end(byte[] b, int from, int to) {
    if (to - from < LENGTH) {
      return -1;
    }
    for (int i = 0; i < LENGTH; i++) {
      char shape = SHAPE.charAt(i);
      byte c = b[from + i];
      boolean fits =
          shape == 'd' ? ByteSet.DIGIT.has(c) : shape == 't' ? c == 'T' || c == ' ' : c == shape;
      if (!fits) {
        return -1;
      }
    }
    if (Digits.value(Digits.number(b, from + 5, to, 2, 2)) > 12
        || Digits.value(Digits.number(b, from + 8, to, 2, 2)) > 31
        || Digits.value(Digits.number(b, from + 11, to, 2, 2)) > 23) {
      return -1;
    }
    return zone(b, fraction(b, from + LENGTH, to), to);
  }

  private static int fraction(byte[] b, int at, int to) {
    if (at + 1 >= to || (b[at] != '.' && b[at] != ',') || !ByteSet.DIGIT.has(b[at + 1])) {
      return at;
    }
    int end = at + 1;
    while (end < to && ByteSet.DIGIT.has(b[end])) {
      end++;
    }
    return end;
  }

  private static int zone(byte[] b, int at, int to) {
    if (at < to && b[at] == 'Z') {
      return at + 1;
    }
    if (at + 5 > to || (b[at] != '+' && b[at] != '-')) {
      return at;
    }
    int minutes = b[at + 3] == ':' ? at + 4 : at + 3;
    return Digits.number(b, at + 1, to, 2, 2) >= 0 && Digits.number(b, minutes, to, 2, 2) >= 0
        ? minutes + 2
        : at;
  }

  @Override
  public ByteSet first() {
    return ByteSet.DIGIT;
  }

  @Override
  public String regex() {
    return "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?"
        + "(?:Z|[+-][0-9]{2}:?[0-9]{2})?";
  }
}
