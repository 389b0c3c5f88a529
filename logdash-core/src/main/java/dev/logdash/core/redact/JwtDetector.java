package dev.logdash.core.redact;

import java.util.Arrays;
import java.util.Base64;

/**
 * JSON web tokens: three parts in base 64 of which the first is a JSON object. A token that is cut
 * off by the end of the text counts too.
 */
final class JwtDetector implements Detector {

  private static final int MAX_HEADER = 4096;

  @Override
  public String name() {
    return "jwt";
  }

  /** An opening brace before a quote or a blank is "ey" in base 64. */
  @Override
  public boolean isTriggeredBy(int before, int at) {
    return before == 'e' && at == 'y';
  }

  @Override
  public void inspect(byte[] text, int at, int start, int end, Findings findings) {
    int from = at - 1;
    if (from < start) {
      return;
    }
    boolean inWord = from > start && Ascii.isBase64Url(text[from - 1]);
    if (inWord && Ascii.behindEscape(text, from - 1, start, end) != from) {
      return;
    }
    int limit = Math.min(end, from + MAX_HEADER);
    int header = skipPart(text, at, limit);
    if (header >= end || text[header] != '.' || !isJsonObject(text, from, header)) {
      return;
    }
    int claims = skipPart(text, header + 1, end);
    if (claims == header + 1) {
      return;
    }
    if (claims == end) {
      findings.mask(from, end);
    } else if (text[claims] == '.') {
      findings.mask(from, skipPart(text, claims + 1, end));
    }
  }

  private static int skipPart(byte[] text, int from, int end) {
    int i = from;
    while (i < end && Ascii.isBase64Url(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean isJsonObject(byte[] text, int from, int to) {
    if ((to - from) % 4 == 1) {
      return false;
    }
    byte[] json = Base64.getUrlDecoder().decode(Arrays.copyOfRange(text, from, to));
    if (json.length < 2) {
      return false;
    }
    int last = json.length - 1;
    while (last > 0 && Ascii.isSpace(json[last])) {
      last--;
    }
    int first = 1;
    while (first < last && Ascii.isSpace(json[first])) {
      first++;
    }
    return json[0] == '{' && json[first] == '"' && json[last] == '}';
  }
}
