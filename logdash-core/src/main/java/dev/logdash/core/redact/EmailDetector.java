package dev.logdash.core.redact;

/**
 * E-mail addresses. They are personal data and no secrets, so a redactor looks for them by choice.
 */
final class EmailDetector implements Detector {

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int UNICODE_ESCAPE = 5;

  @Override
  public String name() {
    return "email";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    return at == '@' && isNameByte(before);
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    int from = at;
    int limit = Math.max(findings.behindLast(), at - LONGEST_NAME);
    while (from > limit && isNameByte(text[from - 1])) {
      from--;
    }
    if (from == limit && from > findings.behindLast() && isNameByte(text[from - 1])) {
      return;
    }
    if (from > start && text[from - 1] == '\\') {
      // What the backslash begins is no part of the name.
      from += text[from] == 'u' ? UNICODE_ESCAPE : 1;
    }
    while (from < at && !Ascii.isAlphanumeric(text[from])) {
      from++;
    }
    int to = domainEnd(text, at + 1, end);
    if (from < at && to > 0 && !isUserOfAUrl(text, from, start)) {
      findings.mask(from, to);
    }
  }

  /** Behind the last label of letters that follows a dot, or -1. */
  private static int domainEnd(byte[] text, int from, int end) {
    int limit = Math.min(end, from + LONGEST_DOMAIN);
    int found = -1;
    int label = from;
    for (int i = from; i <= limit; i++) {
      if (i < limit && (Ascii.isAlphanumeric(text[i]) || text[i] == '-')) {
        continue;
      }
      if (i == label) {
        break;
      }
      boolean ends = i == end || (i < limit && !isNameByte(text[i]) && text[i] != '@');
      boolean goesOn = i < limit && text[i] == '.';
      if ((ends || goesOn) && label > from && i - label >= 2 && isLetters(text, label, i)) {
        found = i;
      }
      if (i == limit || text[i] != '.') {
        break;
      }
      label = i + 1;
    }
    return found;
  }

  private static boolean isLetters(byte[] text, int from, int to) {
    return BareValue.endOfWord(text, from, to) == to;
  }

  private static boolean isUserOfAUrl(byte[] text, int from, int start) {
    return from - 2 >= start && text[from - 1] == '/' && text[from - 2] == '/';
  }

  private static boolean isNameByte(int b) {
    return Ascii.isAlphanumeric(b) || b == '.' || b == '_' || b == '%' || b == '+' || b == '-';
  }
}
