package dev.logdash.core.parse.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The characters of a line and where each of them begins. RE2/J can match bytes, but takes a byte
 * beyond ASCII for the begin of the text where it looks back.
 */
final class Characters {

  private final StringBuilder text;
  private final int[] places;

  Characters(byte[] b, int from, int to) {
    text = new StringBuilder(to - from);
    places = new int[to - from + 1];
    int at = from;
    while (at < to) {
      int next = at + 1;
      if (b[at] >= 0) {
        add((char) b[at], at);
      } else {
        while (next < to && (b[next] & 0xC0) == 0x80) {
          next++;
        }
        String character = new String(b, at, next - at, UTF_8);
        boolean one = character.codePointCount(0, character.length()) == 1;
        for (char c : (one ? character : "\uFFFD").toCharArray()) {
          add(c, at);
        }
      }
      at = next;
    }
    places[text.length()] = to;
  }

  private void add(char c, int place) {
    places[text.length()] = place;
    text.append(c);
  }

  CharSequence text() {
    return text;
  }

  /** Where a character begins in the bytes. */
  int place(int character) {
    return places[character];
  }
}
