package dev.logdash.core.redact;

/** Finds where a quoted value ends. */
final class Quoted {

  private Quoted() {}

  /**
   * The index of the quote that closes a value, without the backslash of an escaped one; the end of
   * the text if none does.
   *
   * @param open the index of the opening quote
   * @param escaped whether a backslash stands before the opening quote, as in JSON within a JSON
   *     string
   * @param inString whether an unescaped double quote ends everything, whatever opened the value
   */
  static int end(byte[] text, int open, int end, boolean escaped, boolean inString) {
    byte quote = text[open];
    int backslashes = 0;
    for (int i = open + 1; i < end; i++) {
      byte b = text[i];
      if (b == '\\') {
        backslashes++;
        continue;
      }
      boolean endsString = inString && b == '"' && backslashes % 2 == 0;
      if (endsString || (b == quote && closes(backslashes, escaped))) {
        return backslashes % 2 == 1 ? i - 1 : i;
      }
      backslashes = 0;
    }
    return end;
  }

  /**
   * Inside a string, a quote of the document within comes as one backslash and a quote, an escaped
   * one as three; an even number ends the outer string, and with it everything.
   */
  private static boolean closes(int backslashes, boolean escaped) {
    return escaped ? backslashes % 2 == 0 || backslashes % 4 == 1 : backslashes % 2 == 0;
  }
}
