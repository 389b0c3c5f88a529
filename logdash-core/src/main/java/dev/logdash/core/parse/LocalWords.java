package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Words of any language with a number each, looked up by the bytes of a range: in small letters, in
 * capitals, or with a capital at the front. Most ranges are turned down by their first byte and
 * length.
 */
final class LocalWords {

  private static final int LONGEST = Long.SIZE - 1;

  private final byte[] @Nullable [] words;
  private final int[] values;
  // By the first byte of a word: a bit for each length there is.
  private final long[] lengths = new long[256];

  /**
   * @param numbers the number of each group
   * @param groups words in small letters, apart by spaces; of at most 63 bytes
   */
  LocalWords(int[] numbers, String... groups) {
    int count = 0;
    for (String group : groups) {
      count += group.split(" ", -1).length;
    }
    words = new byte[Integer.highestOneBit(12 * count)][];
    values = new int[words.length];
    for (int i = 0; i < groups.length; i++) {
      for (String word : groups[i].split(" ", -1)) {
        add(word, numbers[i]);
        add(word.toUpperCase(Locale.ROOT), numbers[i]);
        int second = word.offsetByCodePoints(0, 1);
        add(
            word.substring(0, second).toUpperCase(Locale.ROOT) + word.substring(second),
            numbers[i]);
      }
    }
  }

  private void add(String word, int number) {
    byte[] bytes = word.getBytes(UTF_8);
    int slot = slot(bytes, 0, bytes.length);
    byte[] known = words[slot];
    if (known == null) {
      words[slot] = bytes;
      values[slot] = number;
      lengths[bytes[0] & 0xff] |= 1L << bytes.length;
    }
  }

  /** The number of the word that fills the range, or 0. */
  int get(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 1 || length > LONGEST || (lengths[b[from] & 0xff] >>> length & 1) == 0) {
      return 0;
    }
    return values[slot(b, from, to)];
  }

  /** Where the word stands, or would stand. */
  private int slot(byte[] b, int from, int to) {
    int hash = 0;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + b[at];
    }
    int slot = (hash ^ hash >>> 15 ^ hash >>> 7) & (words.length - 1);
    byte[] word = words[slot];
    while (word != null && !Arrays.equals(word, 0, word.length, b, from, to)) {
      slot = (slot + 1) & (words.length - 1);
      word = words[slot];
    }
    return slot;
  }
}
