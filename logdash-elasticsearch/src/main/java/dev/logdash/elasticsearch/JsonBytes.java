package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.text.Tokenizer;
import java.util.Arrays;

/**
 * JSON in UTF-8, written piece by piece into one piece of memory that grows. What is called content
 * is what stands between the quotes of a string, escaped; the pieces around it are the caller's.
 *
 * <p>Nested content is that of a string in a text of JSON which is itself in a string, so that it
 * is escaped twice. Half a pair of surrogates has no UTF-8 form: it becomes a question mark, and in
 * nested content an escape, of which it comes back.
 */
final class JsonBytes {

  // The longest form of one UTF-16 unit: a nested escape.
  private static final int LONGEST = 7;
  private static final int LONGEST_NUMBER = 20;
  private static final int BILLION = 1_000_000_000;
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;
  private static final byte[] HEX = ascii("0123456789ABCDEF");
  private static final byte[] SMALLEST = ascii("-9223372036854775808");
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

  /** Ends a list of which each element ends in a comma. */
  void end(char bracket) {
    if (bytes[length - 1] == ',') {
      length--;
    }
    raw(bracket);
  }

  void number(long value) {
    grow(LONGEST_NUMBER);
    if (value == Long.MIN_VALUE) {
      raw(SMALLEST);
      return;
    }
    long left = value;
    if (left < 0) {
      bytes[length++] = '-';
      left = -left;
    }
    digits(left);
  }

  private void digits(long value) {
    if (value >= BILLION) {
      long high = value / BILLION;
      digits(high);
      digits((int) (value - high * BILLION), 9);
    } else {
      int small = (int) value;
      int count = 1;
      for (int bound = 10; count < 9 && small >= bound; bound *= 10) {
        count++;
      }
      digits(small, count);
    }
  }

  private void digits(int value, int count) {
    int left = value;
    for (int i = length + count - 1; i >= length; i--) {
      int rest = left / 10;
      bytes[i] = (byte) ('0' + (left - 10 * rest));
      left = rest;
    }
    length += count;
  }

  /** Sixteen hexadecimal digits in lower case, the order of which is that of the numbers. */
  void sortable(long value) {
    grow(16);
    long left = value ^ Long.MIN_VALUE;
    for (int i = 15; i >= 0; i--) {
      int digit = (int) left & 15;
      bytes[length + i] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
      left >>>= 4;
    }
    length += 16;
  }

  /** Content. */
  void text(String text) {
    text(text, false);
  }

  /** Nested content. */
  void nested(String text) {
    text(text, true);
  }

  /** Content, if it is ASCII; else nothing. */
  boolean ifAscii(String text) {
    int start = length;
    for (int i = plain(text, 0); i < text.length(); i = plain(text, i + 1)) {
      char c = text.charAt(i);
      if (c >= 128) {
        length = start;
        return false;
      }
      grow(LONGEST);
      escape(c, false);
    }
    return true;
  }

  /** A text as it is compared whole, as content; see {@link Tokenizer#fold}. */
  void folded(String text) {
    int start = length;
    int end = text.length();
    grow(end);
    byte[] into = bytes;
    int at = length;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 128 || ESCAPES[c] != 0 || i == Tokenizer.MAX_TERM) {
        length = start;
        text(Tokenizer.fold(text));
        return;
      }
      into[at++] = (byte) Tokenizer.foldCodePoint(c);
    }
    length = at;
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

  private void text(String text, boolean nested) {
    int end = text.length();
    int i = plain(text, 0);
    while (i < end) {
      i = plain(text, special(text, i, nested));
    }
  }

  /** Writes what needs no escape and is ASCII, and answers with the place of what is not. */
  private int plain(String text, int from) {
    int end = text.length();
    grow(end - from);
    byte[] into = bytes;
    int at = length;
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      if (c >= 128 || ESCAPES[c] != 0) {
        break;
      }
      into[at++] = (byte) c;
      i++;
    }
    length = at;
    return i;
  }

  /** Writes characters that are not plain, and answers with the place behind them. */
  private int special(String text, int from, boolean nested) {
    int end = text.length();
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      grow(LONGEST);
      if (c < 128) {
        if (ESCAPES[c] == 0) {
          return i;
        }
        escape(c, nested);
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
      } else if (nested) {
        unit(c, true);
      } else {
        bytes[length++] = '?';
      }
      i++;
    }
    return i;
  }

  private void escape(char c, boolean nested) {
    byte escape = ESCAPES[c];
    if (escape == 'u') {
      unit(c, nested);
      return;
    }
    bytes[length++] = '\\';
    if (nested) {
      bytes[length++] = '\\';
      if (c == '"' || c == '\\') {
        bytes[length++] = '\\';
      }
    }
    bytes[length++] = escape;
  }

  private void unit(char c, boolean nested) {
    bytes[length++] = '\\';
    if (nested) {
      bytes[length++] = '\\';
    }
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 15];
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
