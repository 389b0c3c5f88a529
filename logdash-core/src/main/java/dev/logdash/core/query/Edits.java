package dev.logdash.core.query;

/**
 * Whether texts become a word by a few edits: a character more, less, or another, or two neighbours
 * changed round, where no character is edited twice. Takes time in proportion to the text.
 */
final class Edits {

  private final int[] word;
  private final int most;

  /**
   * @param word as it is compared
   */
  Edits(String word, int most) {
    this.word = word.codePoints().toArray();
    this.most = most;
  }

  boolean suffice(String text) {
    // A character has one or two UTF-16 units.
    if (text.length() < word.length - most || text.length() > 2 * (word.length + most)) {
      return false;
    }
    int[] other = text.codePoints().toArray();
    if (Math.abs(other.length - word.length) > most) {
      return false;
    }
    int[] before = new int[word.length + 1];
    int[] above = new int[word.length + 1];
    int[] row = new int[word.length + 1];
    for (int j = 0; j <= word.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= other.length; i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= word.length; j++) {
        int same = other[i - 1] == word[j - 1] ? 0 : 1;
        int edits = Math.min(above[j - 1] + same, Math.min(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && other[i - 1] == word[j - 2] && other[i - 2] == word[j - 1]) {
          edits = Math.min(edits, before[j - 2] + 1);
        }
        row[j] = edits;
        least = Math.min(least, edits);
      }
      if (least > most) {
        return false;
      }
      int[] free = before;
      before = above;
      above = row;
      row = free;
    }
    return above[word.length] <= most;
  }
}
