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
    return before == ':' && at == '/';
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    boolean afterScheme = at - 2 >= start && Ascii.isAlphanumeric(text[at - 2]);
    if (!afterScheme || at + 1 >= end || text[at + 1] != '/') {
      return;
    }
    int password = -1;
    int host = -1;
    int limit = Math.min(end, at + MAX_USER_INFO);
    for (int i = at + 2; i < limit && !endsUserInfo(text[i]); i++) {
      if (text[i] == ':' && password < 0) {
        password = i + 1;
      } else if (text[i] == '@') {
        host = i;
      }
    }
    if (password >= 0 && host > password && !Ascii.isMasked(text, password, host)) {
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
