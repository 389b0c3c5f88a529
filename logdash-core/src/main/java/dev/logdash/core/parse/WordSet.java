package dev.logdash.core.parse;

/** Lower-case words, looked up by a range of bytes in any case. */
final class WordSet {

  private final String[] words;
  private final int longest;

  /**
   * @param list the words, apart by spaces
   */
  WordSet(String list) {
    String[] all = list.split(" ", -1);
    words = new String[Integer.highestOneBit(4 * all.length)];
    int most = 0;
    for (String word : all) {
      int last = word.length() - 1;
      int slot = slot(last + 1, (byte) word.charAt(0), (byte) word.charAt(last));
      while (words[slot] != null) {
        slot = next(slot);
      }
      words[slot] = word;
      most = Math.max(most, word.length());
    }
    longest = most;
  }

  boolean contains(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 1 || length > longest) {
      return false;
    }
    for (int slot = slot(length, b[from], b[to - 1]); words[slot] != null; slot = next(slot)) {
      if (TextHints.equalIgnoringCase(b, from, to, words[slot])) {
        return true;
      }
    }
    return false;
  }

  // The lowest five bits of a letter are its place in the alphabet, in either case.
  private int slot(int length, byte first, byte last) {
    int hash = (1_024 * length + 32 * (first & 31) + (last & 31)) * 0x9E3779B1;
    return (hash >>> 16) & (words.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (words.length - 1);
  }
}
