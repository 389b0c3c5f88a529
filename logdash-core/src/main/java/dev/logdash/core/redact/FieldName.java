package dev.logdash.core.redact;

/** The name before an equals sign or a colon, with the quotes around it. */
final class FieldName {

  private static final int LONGEST = 128;

  private final byte[] text;
  private final int from;
  private final int to;
  private final byte quote;
  private final boolean escaped;

  private FieldName(byte[] text, int from, int to, byte quote, boolean escaped) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.quote = quote;
    this.escaped = escaped;
  }

  /**
   * @param mark the index of the equals sign or colon
   */
  static FieldName before(byte[] text, int mark, int start) {
    int to = mark;
    int limit = Math.max(start, mark - LONGEST);
    while (to > limit && Ascii.isBlank(text[to - 1])) {
      to--;
    }
    byte quote = 0;
    boolean escaped = false;
    if (to > limit && (text[to - 1] == '"' || text[to - 1] == '\'')) {
      quote = text[--to];
      if (to > limit && text[to - 1] == '\\') {
        escaped = true;
        to--;
      }
    }
    int from = to;
    while (from > limit && isNameByte(text[from - 1])) {
      from--;
    }
    return new FieldName(text, from, to, quote, escaped);
  }

  /** The name of the value that stands bare at an index; an empty one if none does. */
  static FieldName beforeValue(byte[] text, int at, int start) {
    int i = at - 1;
    int limit = Math.max(start, at - LONGEST);
    while (i >= limit && Ascii.isBlank(text[i])) {
      i--;
    }
    boolean isValue = i >= limit && text[i] == ':';
    return isValue ? before(text, i, start) : new FieldName(text, at, at, (byte) 0, false);
  }

  /** Whether the name stands in double quotes, as in JSON. */
  boolean isQuoted() {
    return quote == '"' && !isOpening();
  }

  /** Whether the quote opens a string, so that what stands behind it is no value of a name. */
  private boolean isOpening() {
    return isEmpty()
        && (from == 0 || Ascii.isBlank(text[from - 1]) || ":,[{".indexOf(text[from - 1]) >= 0);
  }

  /** Whether the name is that of a tag of XML that opens an element. */
  boolean isOpeningTag(int start) {
    return quote == 0 && from > start && (text[from - 1] == '<' || isPrefixed(start));
  }

  private boolean isPrefixed(int start) {
    int i = from - 1;
    int limit = Math.max(start, i - LONGEST);
    while (i > limit && (text[i] == ':' || isNameByte(text[i]))) {
      i--;
    }
    return text[from - 1] == ':' && text[i] == '<';
  }

  /** Whether the quotes are escaped, as in JSON within a JSON string. */
  boolean isEscaped() {
    return escaped;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Whether the last words of the name are one of these, each with a word boundary before it. */
  boolean endsWithAny(String... lowerCaseWords) {
    for (String word : lowerCaseWords) {
      int at = startOfEnding(word);
      if (at >= 0 && isBoundary(at)) {
        return true;
      }
    }
    return false;
  }

  boolean endsWith(String lowerCaseWords, boolean atBoundary) {
    int at = startOfEnding(lowerCaseWords);
    return at >= 0 && (!atBoundary || isBoundary(at));
  }

  boolean is(String lowerCaseWord) {
    return Ascii.equals(text, from, to, lowerCaseWord);
  }

  /** Digits at the end do not count. */
  private int startOfEnding(String lowerCaseWords) {
    int i = to;
    while (i > from && Ascii.isDigit(text[i - 1])) {
      i--;
    }
    return startOf(lowerCaseWords, text, from, i);
  }

  /**
   * Where words begin that end before a place, or -1. A blank in the words stands for any one
   * separator or none.
   */
  static int startOf(String lowerCaseWords, byte[] text, int from, int to) {
    int i = to;
    for (int k = lowerCaseWords.length() - 1; k >= 0; k--) {
      char wanted = lowerCaseWords.charAt(k);
      if (wanted == ' ') {
        if (i > from && isSeparator(text[i - 1])) {
          i--;
        }
      } else if (i > from && Ascii.lower(text[i - 1]) == wanted) {
        i--;
      } else {
        return -1;
      }
    }
    return i;
  }

  private boolean isBoundary(int at) {
    if (at == from || !Ascii.isAlphanumeric(text[at - 1])) {
      return true;
    }
    return Ascii.isUpper(text[at]) && !Ascii.isUpper(text[at - 1]);
  }

  private static boolean isNameByte(byte b) {
    return Ascii.isAlphanumeric(b) || isSeparator(b);
  }

  private static boolean isSeparator(byte b) {
    return b == '_' || b == '-' || b == '.';
  }
}
