package dev.logdash.elasticsearch;

import java.util.Arrays;

/** How a text becomes the content of a JSON string. */
enum Spelling {
  /** It is ASCII, and its own content. */
  PLAIN,
  /** It is ASCII; some of it is escaped. */
  ESCAPED,
  /** It is not ASCII. */
  OTHER;

  // What stands behind the backslash; 0 for what needs none, u for what has no short form.
  private static final byte[] ESCAPES = escapes();

  static Spelling of(String text) {
    int all = 0;
    int escapes = 0;
    // Without a branch for each character, which costs more than to look at all of them.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      all |= c;
      escapes |= ESCAPES[c & 127];
    }
    return all >= 128 ? OTHER : escapes == 0 ? PLAIN : ESCAPED;
  }

  /** Whether a text comes back as it is: no half of a pair of surrogates stands alone. */
  boolean isWellFormed(String text) {
    return this != OTHER || text.codePoints().noneMatch(Spelling::isSurrogate);
  }

  /** What stands behind the backslash of an ASCII character; 0 if it needs no escape. */
  static byte escape(int ascii) {
    return ESCAPES[ascii];
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[128];
    Arrays.fill(escapes, 0, ' ', (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }
}
