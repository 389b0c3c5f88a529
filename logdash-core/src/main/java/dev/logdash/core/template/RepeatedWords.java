package dev.logdash.core.template;

import java.util.Arrays;

/** Notices the third and any further of equal words with values, which make a list. */
final class RepeatedWords {

  private static final int NONE = -1;

  private int start;
  private int firstValue;
  private int before = NONE;
  private int beforeEnd;
  private int twoBefore = NONE;
  private int twoBeforeEnd;
  private int kept;

  /** Forgets the words before: none of them had a value. */
  void clear() {
    before = NONE;
    twoBefore = NONE;
  }

  /** A word begins. */
  void begin(int at, int valuesBefore) {
    start = at;
    firstValue = valuesBefore;
  }

  /** How many values were before the word. */
  int firstValue() {
    return firstValue;
  }

  /**
   * A word with values ends.
   *
   * @return whether it repeats the two before; the text then is to end at {@link #kept}
   */
  boolean end(char[] text, int at) {
    int bare = bare(text, start, at);
    if (twoBefore != NONE
        && Arrays.equals(text, start, bare, text, before, beforeEnd)
        && Arrays.equals(text, start, bare, text, twoBefore, twoBeforeEnd)) {
      // Without the space, and with a comma only if the last word had one.
      kept = bare == at ? beforeEnd : start - 1;
      return true;
    }
    twoBefore = before;
    twoBeforeEnd = beforeEnd;
    before = start;
    beforeEnd = bare;
    return false;
  }

  /** Where the text ends without the word that was dropped. */
  int kept() {
    return kept;
  }

  private static int bare(char[] text, int from, int to) {
    return to - from > 1 && (text[to - 1] == ',' || text[to - 1] == ';') ? to - 1 : to;
  }
}
