package dev.logdash.core.template;

/** Shows masked text. */
final class Labels {

  private Labels() {}

  /** The text with the labels of its placeholders instead of their marks. */
  static String of(String masked) {
    StringBuilder text = new StringBuilder(masked.length() + 16);
    for (int i = 0; i < masked.length(); i++) {
      char c = masked.charAt(i);
      if (Placeholder.isMark(c)) {
        text.append(Placeholder.of(c).label());
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
