package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;

/**
 * Credentials behind the name of their scheme, wherever they stand: {@code Bearer}, {@code Basic}.
 */
final class CredentialDetector implements Detector {

  private static final int LONGEST_LOOK = 1024;

  @Override
  public String name() {
    return "credential";
  }

  @Override
  public boolean isTriggeredBy(int before, int at) {
    return !Ascii.isAlphanumeric(before) && (at == 'b' || at == 'B');
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    boolean bearer = startsScheme(text, at, end, "bearer");
    if (!bearer && !startsScheme(text, at, end, "basic")) {
      return;
    }
    int from = Ascii.skipBlanks(text, at + (bearer ? 6 : 5), Math.min(end, at + LONGEST_LOOK));
    int to = from;
    while (to < end && isTokenByte(text[to])) {
      to++;
    }
    if (bearer ? looksRandom(text, from, to) : isUserAndPassword(text, from, to)) {
      findings.mask(from, to);
    }
  }

  private static boolean startsScheme(byte[] text, int at, int end, String scheme) {
    int behind = at + scheme.length();
    return behind < end && Ascii.isBlank(text[behind]) && Ascii.equals(text, at, behind, scheme);
  }

  private static boolean isTokenByte(byte b) {
    return Ascii.isBase64(b) || b == '.' || b == '~' || b == '=';
  }

  /** Words follow the name of the scheme in prose; they are short and have no digit. */
  private static boolean looksRandom(byte[] text, int from, int to) {
    if (to - from < 8) {
      return false;
    }
    for (int i = from; i < Math.min(to, from + 24); i++) {
      if (Ascii.isDigit(text[i])) {
        return true;
      }
    }
    return to - from > 24;
  }

  private static boolean isUserAndPassword(byte[] text, int from, int to) {
    int whole = Math.min(to - from, LONGEST_LOOK) / 4 * 4;
    if (whole < 4) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text[i] == '.' || text[i] == '~') {
        return false;
      }
    }
    try {
      String start = new String(text, from, whole, ISO_8859_1);
      return new String(Base64.getDecoder().decode(start), ISO_8859_1).indexOf(':') >= 0;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
