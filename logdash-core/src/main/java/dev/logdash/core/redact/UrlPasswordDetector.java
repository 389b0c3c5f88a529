package dev.logdash.core.redact;

/** Passwords in the user part of a URL: {@code scheme://user:password@host}. */
final class UrlPasswordDetector implements Detector {

  // Longer than any user part in use; it bounds the look at text that merely has many "://".
  private static final int MAX_USER_INFO = 512;

  @Override
  public String name() {
    return "url-password";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    return at == '@';
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    int limit = Math.max(start + 3, at - MAX_USER_INFO);
    int password = -1;
    int i = at - 1;
    while (i >= limit && !endsUserInfo(text[i])) {
      if (text[i] == ':') {
        password = i + 1;
      }
      i--;
    }
    boolean afterScheme =
        i >= limit
            && text[i] == '/'
            && text[i - 1] == '/'
            && text[i - 2] == ':'
            && Ascii.isAlphanumeric(text[i - 3]);
    if (!afterScheme || password < 0) {
      return;
    }
    // The last of several belongs to the host; the others are part of the password.
    int host = at;
    int last = Math.min(end, at + MAX_USER_INFO);
    for (int k = at + 1; k < last && !endsUserInfo(text[k]); k++) {
      if (text[k] == '@') {
        host = k;
      }
    }
    if (!Findings.isMask(text, password, host)) {
      findings.mask(password, host);
    }
  }

  private static boolean endsUserInfo(byte b) {
    return b == '/'
        || b == '?'
        || b == '#'
        || b == '"'
        || b == '\''
        || b == '<'
        || b == '>'
        || b == '\\'
        || Ascii.isSpace(b);
  }
}
