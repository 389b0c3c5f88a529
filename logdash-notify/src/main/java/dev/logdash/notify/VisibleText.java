package dev.logdash.notify;

import static java.util.Locale.ROOT;

/**
 * Text for people to read. What would do something instead of being seen (control characters and
 * with them terminal sequences, changes of the direction, characters without width) is shown: as
 * its picture where Unicode has one, or as its number.
 */
final class VisibleText {

  private static final int PICTURES = 0x2400;
  private static final int PICTURE_OF_DELETE = 0x2421;

  private VisibleText() {}

  /** The text on one line: its line ends and tabs are shown as well. */
  static String line(String text) {
    return visible(text, false);
  }

  /** The text with its line ends and tabs. */
  static String block(String text) {
    return visible(text.replace("\r\n", "\n"), true);
  }

  /** At most so many characters, with an ellipsis for what was cut off; no pair is torn apart. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + '…';
  }

  /** The text with U+FFFD for each half of a surrogate pair that has no other half. */
  static String repair(String text) {
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints().forEach(c -> repaired.appendCodePoint(isHalf(c) ? 0xFFFD : c));
    return repaired.toString();
  }

  private static String visible(String text, boolean lines) {
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(visible, c, lines));
    return visible.toString();
  }

  private static void append(StringBuilder visible, int c, boolean lines) {
    if (lines && (c == '\n' || c == '\t')) {
      visible.append((char) c);
    } else if (c < ' ') {
      visible.append((char) (PICTURES + c));
    } else if (c == 0x7F) {
      visible.append((char) PICTURE_OF_DELETE);
    } else if (isHalf(c)) {
      visible.append('\uFFFD');
    } else if (isUnseen(c)) {
      visible.append("\\u{").append(Integer.toHexString(c).toUpperCase(ROOT)).append('}');
    } else {
      visible.appendCodePoint(c);
    }
  }

  private static boolean isUnseen(int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
        return true;
      default:
        // Fillers of Hangul and the blank of Braille are letters without a shape.
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
    }
  }

  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
