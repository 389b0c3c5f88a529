package dev.logdash.core.query;

import java.util.Comparator;

/** Orders texts by their code points, which is the order of their UTF-8 bytes. */
public final class CodePointOrder {

  public static final Comparator<String> INSTANCE = CodePointOrder::compare;

  private CodePointOrder() {}

  public static int compare(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        // A surrogate stands for a code point above every single unit, U+E000 to U+FFFF included.
        boolean aHigh = Character.isSurrogate(a);
        return aHigh == Character.isSurrogate(b) ? Character.compare(a, b) : aHigh ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
