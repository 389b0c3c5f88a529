package dev.logdash.core.decode;

/** Makes texts that UTF-8 can express. */
public final class Surrogates {

  private static final char REPLACEMENT = '\uFFFD';

  private Surrogates() {}

  /** The text with U+FFFD for each half of a surrogate pair that has no other half. */
  public static String repair(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return repairFrom(text, i);
      }
    }
    return text;
  }

  private static String repairFrom(String text, int from) {
    StringBuilder repaired = new StringBuilder(text);
    for (int i = from; i < repaired.length(); i++) {
      char c = repaired.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < repaired.length()
          && Character.isLowSurrogate(repaired.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        repaired.setCharAt(i, REPLACEMENT);
      }
    }
    return repaired.toString();
  }
}
