package dev.logdash.core.redact;

/**
 * The values of an array behind a name that says that they are secret, as JSON has them for a
 * header or a field that is there more than once.
 */
final class SecretArray {

  private static final int DEEPEST = 16;
  // Fewer numbers than these are counts or codes where the name has other uses.
  private static final int FEW_BYTES = 5;

  private SecretArray() {}

  /**
   * Marks each value of the array and of those in it, up to the first object; an array that is a
   * text in bytes as a whole.
   *
   * @param from where the array begins
   * @param inString whether the document is a string of another one, so that a plain quote ends it
   */
  static void mask(
      byte[] text,
      int from,
      int end,
      FieldName field,
      SecretName name,
      boolean inString,
      Findings findings) {
    ByteText bytes = ByteText.at(text, from, end);
    if (bytes != null
        && (name.kind() != SecretName.Kind.LIKELY || bytes.bytes().length > FEW_BYTES)) {
      findings.maskQuoted(from, bytes.to(), field.isEscaped());
      return;
    }
    int depth = 0;
    int at = from;
    while (at < end) {
      byte b = text[at];
      if (b == '[') {
        if (++depth > DEEPEST) {
          return;
        }
        at++;
      } else if (b == ']') {
        at++;
        if (--depth == 0) {
          return;
        }
      } else if (b == ',' || Ascii.isSpace(b)) {
        at++;
      } else if (b == '{' || b == '}' || b == ':') {
        return;
      } else if (b == '"' || b == '\\') {
        int open = b == '\\' ? at + 1 : at;
        boolean isString = open < end && text[open] == '"' && (b == '\\' || !inString);
        if (!isString) {
          return;
        }
        int close = Quoted.end(text, open, end, b == '\\', inString);
        NamedSecretDetector.mask(text, open + 1, close, findings);
        at = close;
        while (at < end && text[at] == '\\') {
          at++;
        }
        at++;
      } else {
        int to = NamedSecretDetector.endOfLiteral(text, at, end);
        NamedSecretDetector.maskLiteral(text, at, to, field, name, findings);
        at = Math.max(at + 1, to);
      }
    }
  }
}
