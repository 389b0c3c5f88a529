package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.text.Tokenizer;
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
  // What stands behind the backslash; 0 for what needs none, u for what has no short form.
  private static final byte[] ESCAPES = escapes();

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

  void raw(byte[] fragment) {
    grow(fragment.length);
    System.arraycopy(fragment, 0, bytes, length, fragment.length);
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
    int end = text.length();
    int i = 0;
    while (true) {
      int odd = firstOdd(text, i);
      copy(text, i, odd);
      if (odd == end) {
        return;
      }
      i = special(text, odd);
    }
  }

  /**
   * Whether a text is its own content: ASCII, with nothing to escape. Then {@link #plain(String)}
   * writes it.
   */
  static boolean isPlain(String text) {
    return firstOdd(text, 0) == text.length();
  }

  /** Whether a text comes back as it is: no half of a pair of surrogates stands alone. */
  static boolean isWellFormed(String text) {
    for (int i = firstOdd(text, 0); i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** A text that {@link #isPlain}. */
  void plain(String text) {
    copy(text, 0, text.length());
  }

  /** Bytes that were written before. */
  void again(int from, int count) {
    grow(count);
    System.arraycopy(bytes, from, bytes, length, count);
    length += count;
  }

  /**
   * A text as it is compared whole, as content; see {@link Tokenizer#fold}.
   *
   * @param plain whether it {@link #isPlain}
   */
  void folded(String text, boolean plain) {
    int count = text.length();
    if (!plain || count > Tokenizer.MAX_TERM) {
      text(Tokenizer.fold(text));
      return;
    }
    grow(count);
    byte[] into = bytes;
    int at = length;
    for (int i = 0; i < count; i++) {
      into[at + i] = (byte) Tokenizer.foldCodePoint(text.charAt(i));
    }
    length = at + count;
  }

  /** The terms of a text between blanks, as content; see {@link Tokenizer}. */
  void terms(String text, Tokenizer tokenizer) {
    grow(text.length());
    int end = Tokenizer.foldAscii(text, bytes, length);
    if (end >= 0) {
      length = end;
      return;
    }
    int start = length;
    tokenizer.reset(text);
    while (tokenizer.advance()) {
      if (length > start) {
        raw(' ');
      }
      text(tokenizer.term());
    }
  }

  /** Where the first character stands that is not ASCII or needs an escape; else the end. */
  private static int firstOdd(String text, int from) {
    int end = text.length();
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      if (c >= 128 || ESCAPES[c] != 0) {
        break;
      }
      i++;
    }
    return i;
  }

  /** Writes characters that are all ASCII. */
  @SuppressWarnings("deprecation")
  private void copy(String text, int from, int to) {
    grow(to - from);
    // Takes the low byte of each character, which is all there is of ASCII, in one copy.
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
        if (ESCAPES[c] == 0) {
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

  private void escape(char c) {
    byte escape = ESCAPES[c];
    bytes[length++] = '\\';
    bytes[length++] = escape;
    if (escape == 'u') {
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[length++] = HEX[(c >> shift) & 15];
      }
    }
  }

  private void grow(int more) {
    if (bytes.length - length < more) {
      long wanted = Math.max(2L * bytes.length, (long) length + more);
      if ((long) length + more > MOST_BYTES) {
        throw new OutOfMemoryError("JSON of more than " + MOST_BYTES + " bytes");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST_BYTES));
    }
  }

  private static byte[] escapes() {
    byte[] escapes = new byte[128];
    Arrays.fill(escapes, 0, ' ', (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }
}
