package dev.logdash.core.redact;

/** Finds where a value without quotes ends. */
final class BareValue {

  private BareValue() {}

  static int end(byte[] text, int from, int end, SecretName.Kind kind) {
    if (kind == SecretName.Kind.REST_OF_LINE) {
      return beforeBackslashes(text, from, endOfHeader(text, from, end));
    }
    int to = endOfValue(text, from, end);
    if (kind == SecretName.Kind.SCHEME_AND_TOKEN && isScheme(text, from, to)) {
      int second = Ascii.skipBlanks(text, to, end);
      if (second > to && second < end) {
        int behind = endOfValue(text, second, end);
        to = behind > second ? behind : to;
      }
    }
    return to;
  }

  /** The end of the letters that a value begins with. */
  static int endOfWord(byte[] text, int from, int to) {
    int i = from;
    while (i < to && Ascii.isLetter(text[i])) {
      i++;
    }
    return i;
  }

  /** A delimiter ends the value, a closing bracket only if nothing of a word follows it. */
  private static int endOfValue(byte[] text, int from, int end) {
    int i = from;
    while (i < end && !isDelimiter(text[i]) && !(isClosing(text[i]) && closes(text, i, end))) {
      i++;
    }
    return beforeBackslashes(text, from, i, end);
  }

  private static int endOfHeader(byte[] text, int from, int end) {
    int i = from;
    while (i < end && text[i] != '"' && text[i] != '\'' && text[i] != '\n' && text[i] != '\r') {
      i++;
    }
    return i;
  }

  private static int beforeBackslashes(byte[] text, int from, int to) {
    int i = to;
    while (i > from && text[i - 1] == '\\') {
      i--;
    }
    return i;
  }

  /** Backslashes before a quote belong to the quote. */
  private static int beforeBackslashes(byte[] text, int from, int to, int end) {
    return to < end && (text[to] == '"' || text[to] == '\'')
        ? beforeBackslashes(text, from, to)
        : to;
  }

  private static boolean isDelimiter(byte b) {
    return Ascii.isSpace(b)
        || b == '&'
        || b == ';'
        || b == ','
        || b == '"'
        || b == '\''
        || b == '|'
        || b == '<';
  }

  private static boolean isClosing(byte b) {
    return b == ')' || b == ']' || b == '}' || b == '>';
  }

  private static boolean closes(byte[] text, int i, int end) {
    return i + 1 == end || !Ascii.isAlphanumeric(text[i + 1]);
  }

  private static boolean isScheme(byte[] text, int from, int to) {
    return to - from <= 16 && endOfWord(text, from, to) == to;
  }
}
