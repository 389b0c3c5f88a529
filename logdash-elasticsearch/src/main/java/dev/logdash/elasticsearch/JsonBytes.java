package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.text.AsciiText;
import dev.logdash.core.text.Tokenizer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * JSON in UTF-8, written piece by piece into one piece of memory that grows. What is called content
 * is what stands between the quotes of a string, escaped; the pieces around it are the caller's.
 * Half a pair of surrogates has no UTF-8 form: it becomes a question mark.
 */
final class JsonBytes {

  // The longest form of one UTF-16 unit: an escape.
  private static final int LONGEST = 6;
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;
  private static final byte[] HEX = ascii("0123456789ABCDEF");
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;
  private static final int COPIED = 2_048;

  private final byte[] copied = new byte[COPIED + Long.BYTES];
  private byte[] bytes;
  private int length;

  /**
   * @param expected how many bytes there will about be
   */
  JsonBytes(int expected) {
    bytes = new byte[expected];
  }

  static byte[] ascii(String text) {
    return text.getBytes(UTF_8);
  }

  /** What was written, from index 0 on, until more is. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Forgets what lies behind a length. */
  void cut(int to) {
    length = to;
  }

  void raw(Fragment fragment) {
    grow(fragment.length);
    for (int i = 0; i < fragment.length; i += Long.BYTES) {
      LONGS.set(bytes, length + i, (long) LONGS.get(fragment.padded, i));
    }
    length += fragment.length;
  }

  void raw(char ascii) {
    grow(1);
    bytes[length++] = (byte) ascii;
  }

  void raw(char first, char second) {
    grow(2);
    bytes[length] = (byte) first;
    bytes[length + 1] = (byte) second;
    length += 2;
  }

  /** Ends a text in a list. */
  void next() {
    raw('"', ',');
  }

  /** Ends a list of which each element ends in a comma. */
  void end(char bracket) {
    if (bytes[length - 1] == ',') {
      length--;
    }
    raw(bracket);
  }

  void number(long value) {
    grow(Digits.MOST);
    length = Digits.decimal(value, bytes, length);
  }

  /** Sixteen hexadecimal digits, see {@link IndexFields#sortable(long)}. */
  void sortable(long value) {
    grow(Digits.MOST);
    length = Digits.sortable(value, bytes, length);
  }

  /** Content. */
  void text(String text) {
    text(text, Spelling.of(text));
  }

  /** Content of a text whose spelling is known. */
  void text(String text, Spelling spelling) {
    switch (spelling) {
      case PLAIN -> copy(text, 0, text.length());
      case ESCAPED -> escaped(text);
      case OTHER -> other(text);
    }
  }

  /** Bytes that were written before. */
  void again(int from, int count) {
    grow(count);
    System.arraycopy(bytes, from, bytes, length, count);
    length += count;
  }

  /** A text as it is compared whole, as content; see {@link Tokenizer#fold}. */
  void folded(String text, Spelling spelling) {
    if (spelling != Spelling.PLAIN || text.length() > Tokenizer.MAX_TERM) {
      text(Tokenizer.fold(text));
      return;
    }
    int start = length;
    copy(text, 0, text.length());
    AsciiText.fold(bytes, start, length);
  }

  /** The terms of a text between blanks, as content; see {@link Tokenizer}. */
  void terms(String text, Spelling spelling, Tokenizer tokenizer) {
    int start = length;
    if (spelling != Spelling.OTHER) {
      copy(text, 0, text.length());
      length = AsciiText.terms(bytes, start, length);
      return;
    }
    tokenizer.reset(text);
    while (tokenizer.advance()) {
      if (length > start) {
        raw(' ');
      }
      text(tokenizer.term());
    }
  }

  /** Writes ASCII, eight bytes at a time up to what needs an escape. */
  @SuppressWarnings("deprecation")
  private void escaped(String text) {
    for (int from = 0; from < text.length(); from += COPIED) {
      int end = Math.min(text.length() - from, COPIED);
      // Takes the low byte of each character, which is all there is of ASCII.
      text.getBytes(from, from + end, copied, 0);
      for (int i = 0; i < end; ) {
        grow(Long.BYTES + LONGEST);
        long eight = (long) LONGS.get(copied, i);
        LONGS.set(bytes, length, eight);
        int plain = Math.min(Long.numberOfTrailingZeros(escapes(eight)) / Byte.SIZE, end - i);
        length += plain;
        i += plain;
        if (plain < Long.BYTES && i < end) {
          escape(copied[i++]);
        }
      }
    }
  }

  /** The high bit of each byte, if all are ASCII, that needs an escape. */
  private static long escapes(long text) {
    long quotes = (text ^ '"' * EACH) + 0x7F * EACH;
    long backslashes = (text ^ '\\' * EACH) + 0x7F * EACH;
    long controls = text + (0x80 - ' ') * EACH;
    return HIGH & ~(quotes & backslashes & controls);
  }

  private void other(String text) {
    int i = 0;
    while (i < text.length()) {
      int plain = i;
      while (plain < text.length() && isPlain(text.charAt(plain))) {
        plain++;
      }
      copy(text, i, plain);
      i = special(text, plain);
    }
  }

  private static boolean isPlain(char c) {
    return c < 128 && Spelling.escape(c) == 0;
  }

  /** Writes characters that are all ASCII. */
  @SuppressWarnings("deprecation")
  private void copy(String text, int from, int to) {
    grow(to - from);
    text.getBytes(from, to, bytes, length);
    length += to - from;
  }

  /** Writes characters that are not plain, and answers with the place behind them. */
  private int special(String text, int from) {
    int end = text.length();
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      grow(LONGEST);
      if (c < 128) {
        if (isPlain(c)) {
          return i;
        }
        escape(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xE0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        int codePoint = Character.toCodePoint(c, text.charAt(i));
        bytes[length++] = (byte) (0xF0 | (codePoint >> 18));
        bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3F));
      } else {
        bytes[length++] = '?';
      }
      i++;
    }
    return i;
  }

  private void escape(int ascii) {
    byte escape = Spelling.escape(ascii);
    bytes[length++] = '\\';
    bytes[length++] = escape;
    if (escape == 'u') {
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[length++] = HEX[(ascii >> shift) & 15];
      }
    }
  }

  /** Makes room, and for eight bytes behind it that may be written too. */
  private void grow(int more) {
    if (bytes.length - length < more + Long.BYTES) {
      enlarge(more + Long.BYTES);
    }
  }

  private void enlarge(int more) {
    long needed = (long) length + more;
    if (needed > MOST_BYTES) {
      throw new OutOfMemoryError("JSON of more than " + MOST_BYTES + " bytes");
    }
    long wanted = Math.max(2L * bytes.length, needed);
    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST_BYTES));
  }
}
