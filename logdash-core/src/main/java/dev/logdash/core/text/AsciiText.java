package dev.logdash.core.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What {@link Tokenizer} makes of text that is ASCII, in place and eight bytes at a time, so that
 * up to seven bytes behind the text change too. Bytes of other text give what nobody should use.
 */
public final class AsciiText {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;
  private static final long BLANKS = ' ' * EACH;
  private static final long UNDERSCORES = '_' * EACH;
  // Of a capital letter and its small one, the difference; of the high bit, two to the right.
  private static final int CASE = 2;

  private AsciiText() {}

  /**
   * Turns text into its terms: folded, with a blank for each character that separates terms, so
   * that there are one or more between two of them.
   *
   * @param bytes with room for {@value Long#BYTES} bytes behind the end
   * @return the end of the last term, which is {@code start} if there is none, and less than
   *     otherwise if a term was longer than {@value Tokenizer#MAX_TERM}
   */
  public static int terms(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i += Long.BYTES) {
      LONGS.set(bytes, i, terms((long) LONGS.get(bytes, i)));
    }
    int last = end;
    while (last > start && bytes[last - 1] == ' ') {
      last--;
    }
    return hasLongTerm(bytes, start, last) ? cut(bytes, start, last) : last;
  }

  /** Folds text as it is compared whole, but for its length. */
  public static void fold(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i += Long.BYTES) {
      LONGS.set(bytes, i, fold((long) LONGS.get(bytes, i)));
    }
  }

  private static long fold(long text) {
    return text | (within(text, 'A', 'Z') >>> CASE);
  }

  private static long terms(long text) {
    long small = text | BLANKS;
    long letters = within(small, 'a', 'z');
    long underscores = HIGH & ~((text ^ UNDERSCORES) + 0x7F * EACH);
    long words = letters | within(text, '0', '9') | underscores;
    // All bits of the bytes of words: their high bits, and what is below them.
    long kept = words | (words - (words >>> 7));
    return ((text | (letters >>> CASE)) & kept) | (BLANKS & ~kept);
  }

  /** The high bit of each byte from one character to another. */
  private static long within(long text, char from, char to) {
    return HIGH & (text + (0x80 - from) * EACH) & ~(text + (0x7F - to) * EACH);
  }

  private static boolean hasLongTerm(byte[] terms, int start, int end) {
    // Each stretch of so many bytes has a blank, or all of it is one term.
    for (int from = start; from + Tokenizer.MAX_TERM < end; ) {
      int blank = from + Tokenizer.MAX_TERM;
      while (blank >= from && terms[blank] != ' ') {
        blank--;
      }
      if (blank < from) {
        return true;
      }
      from = blank + 1;
    }
    return false;
  }

  private static int cut(byte[] terms, int start, int end) {
    int to = start;
    int length = 0;
    for (int i = start; i < end; i++) {
      length = terms[i] == ' ' ? 0 : length + 1;
      if (length <= Tokenizer.MAX_TERM) {
        terms[to++] = terms[i];
      }
    }
    return to;
  }
}
