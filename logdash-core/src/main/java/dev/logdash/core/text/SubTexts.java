package dev.logdash.core.text;

/**
 * Finds texts in a message, since most values of a parsed line stand in the line. Not safe for use
 * by several threads.
 */
public final class SubTexts {

  // A search may cost the product of the lengths; so what a hostile event can cost is bounded.
  private static final int MAX_MESSAGE = 2_048;
  private static final int MAX_TEXT = 256;
  private static final int MAX_SEARCHES = 64;
  // The place of a shorter text takes as much room as the text.
  private static final int MIN_TEXT = 4;

  private final String message;
  private int searches;

  public SubTexts(String message) {
    this.message = message.length() > MAX_MESSAGE ? "" : message;
  }

  /** Where the message has a text, or -1 if it has not or the search is not worth it. */
  public int find(String text) {
    int length = text.length();
    if (length < MIN_TEXT
        || length > Math.min(MAX_TEXT, message.length())
        || ++searches > MAX_SEARCHES) {
      return -1;
    }
    return message.indexOf(text);
  }

  /**
   * Whether the tokens of a text are found, one behind the other, among those of the message. Said
   * only of ASCII, whose tokens do not depend on what stands around them: the text has to be cut
   * off from its surroundings by separators.
   */
  public boolean hasTokensOf(String text) {
    int at = find(text);
    if (at < 0) {
      return false;
    }
    int end = at + text.length();
    boolean startsToken = at > 0 && !isSeparator(message.charAt(at - 1));
    boolean goesOn = end < message.length() && !isSeparator(message.charAt(end));
    return !startsToken && !goesOn && isAscii(text);
  }

  private static boolean isSeparator(char c) {
    return c < 128 && c != '_' && !Character.isLetterOrDigit(c);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }
}
