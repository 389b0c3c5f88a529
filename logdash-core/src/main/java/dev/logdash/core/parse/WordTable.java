package dev.logdash.core.parse;

/**
 * Words with a number each, looked up by the letters of a range of bytes: in any case, and without
 * the signs and digits between them.
 */
final class WordTable {

  private static final int LONGEST = 24;

  private final String[] words;
  private final int[] values;

  /**
   * @param groups lower-case words, apart by spaces; those of the first group have the number 1,
   *     and so on
   */
  WordTable(String... groups) {
    int count = 0;
    for (String group : groups) {
      count += group.split(" ", -1).length;
    }
    words = new String[Integer.highestOneBit(4 * count)];
    values = new int[words.length];
    for (int i = 0; i < groups.length; i++) {
      for (String word : groups[i].split(" ", -1)) {
        int slot = hash(word) & (words.length - 1);
        while (words[slot] != null) {
          slot = (slot + 1) & (words.length - 1);
        }
        words[slot] = word;
        values[slot] = i + 1;
      }
    }
  }

  /** The number of the word, or 0. */
  int get(byte[] b, int from, int to) {
    if (from >= to || to - from > LONGEST) {
      return 0;
    }
    int hash = 0;
    for (int at = from; at < to; at++) {
      if (Bytes.isLetter(b[at])) {
        hash = 31 * hash + (b[at] | 0x20);
      }
    }
    int slot = spread(hash) & (words.length - 1);
    while (words[slot] != null) {
      if (equal(words[slot], b, from, to)) {
        return values[slot];
      }
      slot = (slot + 1) & (words.length - 1);
    }
    return 0;
  }

  private static boolean equal(String word, byte[] b, int from, int to) {
    int i = 0;
    for (int at = from; at < to; at++) {
      if (Bytes.isLetter(b[at])) {
        if (i == word.length() || word.charAt(i) != (b[at] | 0x20)) {
          return false;
        }
        i++;
      }
    }
    return i == word.length();
  }

  private static int hash(String word) {
    return spread(word.hashCode());
  }

  private static int spread(int hash) {
    return hash ^ hash >>> 15 ^ hash >>> 7;
  }
}
