package dev.logdash.core.redact;

/**
 * The content of private keys in PEM, up to the line that ends it, to the quote that ends the
 * string, or to the end of the text.
 */
final class PrivateKeyDetector implements Detector {

  private static final String BEGIN = "begin ";
  private static final String DASHES = "-----";
  // "BEGIN ENCRYPTED PRIVATE KEY-----", "BEGIN PGP PRIVATE KEY BLOCK-----" and what is between.
  private static final int LONGEST_TITLE = 48;

  @Override
  public String name() {
    return "private-key";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    return before == '-' && at == 'B';
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    int title = at + BEGIN.length();
    if (title >= end
        || !Ascii.equals(text, at, title, BEGIN)
        || at - DASHES.length() < start
        || !isDashes(text, at - DASHES.length(), end)) {
      return;
    }
    int to = title;
    int limit = Math.min(end, title + LONGEST_TITLE);
    while (to < limit && (Ascii.isUpper(text[to]) || text[to] == ' ')) {
      to++;
    }
    if (!isDashes(text, to, end) || !namesPrivateKey(text, title, to)) {
      return;
    }
    int from = to + DASHES.length();
    int close = close(text, from, end);
    if (!Findings.isMask(text, from, close)) {
      findings.mask(from, close);
    }
  }

  private static int close(byte[] text, int from, int end) {
    int i = from;
    while (i < end && !isDashes(text, i, end) && text[i] != '"' && text[i] != '\'') {
      i++;
    }
    // Backslashes before a quote belong to the quote.
    boolean quote = i < end && text[i] != '-';
    while (quote && i > from && text[i - 1] == '\\') {
      i--;
    }
    return i;
  }

  private static boolean namesPrivateKey(byte[] text, int from, int to) {
    return Ascii.equals(text, Math.max(from, to - 11), to, "private key")
        || Ascii.equals(text, Math.max(from, to - 17), to, "private key block");
  }

  private static boolean isDashes(byte[] text, int from, int end) {
    if (from + DASHES.length() > end) {
      return false;
    }
    for (int i = from; i < from + DASHES.length(); i++) {
      if (text[i] != '-') {
        return false;
      }
    }
    return true;
  }
}
