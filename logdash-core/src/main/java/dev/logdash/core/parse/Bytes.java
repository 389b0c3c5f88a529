package dev.logdash.core.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches and small numbers in byte ranges. Ends are exclusive. */
public final class Bytes {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** The lowest bit of each byte of a {@link #word}. */
  static final long LOW_BITS = 0x0101010101010101L;

  /** The highest bit of each byte of a {@link #word}. */
  static final long HIGH_BITS = 0x8080808080808080L;

  private static final long FIRST_SEVEN = HIGH_BITS >>> 8;

  private Bytes() {}

  /** Eight bytes, the first lowest. */
  static long word(byte[] b, int at) {
    return (long) LONGS.get(b, at);
  }

  /** Where the byte stands first, or -1. */
  public static int indexOf(byte[] buffer, int from, int to, char wanted) {
    long pattern = LOW_BITS * wanted;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long difference = (long) LONGS.get(buffer, at) ^ pattern;
      // The lowest hit is exact; bits above it may be false.
      long hits = (difference - LOW_BITS) & ~difference & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; at < to; at++) {
      if ((buffer[at] & 0xff) == wanted) {
        return at;
      }
    }
    return -1;
  }

  /** As {@link #indexOf}, for a byte that is likely to be far away or not there. */
  static int indexOfFar(byte[] buffer, int from, int to, char wanted) {
    long pattern = LOW_BITS * wanted;
    int at = from;
    for (; at + 32 <= to; at += 32) {
      long first = (long) LONGS.get(buffer, at) ^ pattern;
      long second = (long) LONGS.get(buffer, at + 8) ^ pattern;
      long third = (long) LONGS.get(buffer, at + 16) ^ pattern;
      long fourth = (long) LONGS.get(buffer, at + 24) ^ pattern;
      long hits =
          ((first - LOW_BITS) & ~first)
              | ((second - LOW_BITS) & ~second)
              | ((third - LOW_BITS) & ~third)
              | ((fourth - LOW_BITS) & ~fourth);
      if ((hits & HIGH_BITS) != 0) {
        break;
      }
    }
    return indexOf(buffer, at, to, wanted);
  }

  /** Where a quote, a backslash or a control character stands first, or {@code to}. */
  static int endOfPlainJson(byte[] buffer, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(buffer, at);
      long quote = word ^ (LOW_BITS * '"');
      long backslash = word ^ (LOW_BITS * '\\');
      long hits =
          (((quote - LOW_BITS) & ~quote)
                  | ((backslash - LOW_BITS) & ~backslash)
                  | ((word - LOW_BITS * 0x20) & ~word))
              & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && buffer[at] != '"' && buffer[at] != '\\' && (buffer[at] & 0xff) >= 0x20) {
      at++;
    }
    return at;
  }

  /**
   * Where a digit with a point behind it stands first, or a colon without a space behind it, or the
   * letters {@code us} in any case; or {@code to}.
   */
  static int indexOfHint(byte[] buffer, int from, int to) {
    int at = from;
    // Of eight bytes the last is looked at again, as the first of the next eight.
    for (; at + 8 <= to; at += 7) {
      long word = (long) LONGS.get(buffer, at);
      long folded = word | (LOW_BITS * 0x20);
      long digit = word ^ (LOW_BITS * '0');
      long digits = ~(((digit & ~HIGH_BITS) + LOW_BITS * 0x76) | digit);
      long point = word ^ (LOW_BITS * '.');
      long points = (point - LOW_BITS) & ~point;
      long colon = word ^ (LOW_BITS * ':');
      long colons = (colon - LOW_BITS) & ~colon;
      long space = word ^ (LOW_BITS * ' ');
      long spaces = (space - LOW_BITS) & ~space;
      long first = folded ^ (LOW_BITS * 'u');
      long firsts = ~(((first & ~HIGH_BITS) + LOW_BITS * 0x7f) | first);
      long second = folded ^ (LOW_BITS * 's');
      long seconds = (second - LOW_BITS) & ~second;
      long hits =
          ((digits & (points >>> 8)) | (colons & ~(spaces >>> 8)) | (firsts & (seconds >>> 8)))
              & FIRST_SEVEN;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && !isHint(buffer[at], at(buffer, at + 1, to))) {
      at++;
    }
    return at;
  }

  private static boolean isHint(byte first, byte second) {
    return switch (second) {
      case '.' -> isDigit(first) || first == ':';
      case 's', 'S' -> (first | 0x20) == 'u' || first == ':';
      default -> first == ':' && second != ' ';
    };
  }

  /** Where the range of a text starts first, or -1. */
  static int indexOf(byte[] buffer, int from, int to, String ascii) {
    int last = to - ascii.length();
    for (int at = from; at <= last; at++) {
      at = indexOf(buffer, at, last + 1, ascii.charAt(0));
      if (at < 0) {
        return -1;
      }
      if (startsWith(buffer, at, to, ascii)) {
        return at;
      }
    }
    return -1;
  }

  public static boolean startsWith(byte[] buffer, int from, int to, String ascii) {
    int length = ascii.length();
    if (to - from < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static boolean equal(byte[] buffer, int from, int to, String ascii) {
    return to - from == ascii.length() && startsWith(buffer, from, to, ascii);
  }

  /** Whether all of a short name stands in the buffer from a place on. */
  static boolean startsWith(byte[] buffer, int from, int to, byte[] name) {
    int length = name.length;
    if (to - from < length) {
      return false;
    }
    // Of a length between the steps the last step overlaps the one before it.
    if (length >= 8) {
      for (int i = 0; i + 8 <= length; i += 8) {
        if ((long) LONGS.get(name, i) != (long) LONGS.get(buffer, from + i)) {
          return false;
        }
      }
      return (long) LONGS.get(name, length - 8) == (long) LONGS.get(buffer, from + length - 8);
    }
    if (length >= 4) {
      return (int) INTS.get(name, 0) == (int) INTS.get(buffer, from)
          && (int) INTS.get(name, length - 4) == (int) INTS.get(buffer, from + length - 4);
    }
    for (int i = 0; i < length; i++) {
      if (name[i] != buffer[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** The byte at a place, or 0 behind the end. */
  static byte at(byte[] buffer, int at, int to) {
    return at < to ? buffer[at] : 0;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /**
   * A table of the letters, the digits and some signs, by the unsigned value of a byte.
   *
   * @param nonAscii whether the bytes of other characters are in it too
   */
  static boolean[] wordTable(String signs, boolean nonAscii) {
    boolean[] table = new boolean[256];
    for (int i = 0; i < table.length; i++) {
      byte b = (byte) i;
      table[i] = b < 0 ? nonAscii : isLetter(b) || isDigit(b) || signs.indexOf(b) >= 0;
    }
    return table;
  }

  static boolean isLetter(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  static int skipSpaces(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && isSpace(buffer[at])) {
      at++;
    }
    return at;
  }

  /** The end without the white space before it. */
  public static int trimEnd(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && (isSpace(buffer[end - 1]) || buffer[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  /** The end of the run of characters that are neither a space nor a tab. */
  static int endOfWord(byte[] buffer, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(buffer, at);
      long space = word ^ (LOW_BITS * ' ');
      long tab = word ^ (LOW_BITS * '\t');
      long hits = (((space - LOW_BITS) & ~space) | ((tab - LOW_BITS) & ~tab)) & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && !isSpace(buffer[at])) {
      at++;
    }
    return at;
  }

  /** The end of the run of characters that are neither white space nor {@code [} nor {@code |}. */
  static int endOfItem(byte[] buffer, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(buffer, at);
      long space = word ^ (LOW_BITS * ' ');
      long tab = word ^ (LOW_BITS * '\t');
      long bracket = word ^ (LOW_BITS * '[');
      long bar = word ^ (LOW_BITS * '|');
      long hits =
          (((space - LOW_BITS) & ~space)
                  | ((tab - LOW_BITS) & ~tab)
                  | ((bracket - LOW_BITS) & ~bracket)
                  | ((bar - LOW_BITS) & ~bar))
              & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && !isSpace(buffer[at]) && buffer[at] != '[' && buffer[at] != '|') {
      at++;
    }
    return at;
  }

  /** The end of the run of letters, digits and underscores. */
  static int endOfName(byte[] buffer, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(buffer, at);
      long low = word & ~HIGH_BITS;
      long folded = low | (LOW_BITS * 0x20);
      // The high bit of a sum tells whether a byte is at least, or above, a bound.
      long letters = (folded + LOW_BITS * (0x80 - 'a')) & ~(folded + LOW_BITS * (0x7f - 'z'));
      long digits = (low + LOW_BITS * (0x80 - '0')) & ~(low + LOW_BITS * (0x7f - '9'));
      long underscores = ~((low ^ (LOW_BITS * '_')) + LOW_BITS * 0x7f);
      long others = (~(letters | digits | underscores) | word) & HIGH_BITS;
      if (others != 0) {
        return at + (Long.numberOfTrailingZeros(others) >>> 3);
      }
    }
    while (at < to && (isLetter(buffer[at]) || isDigit(buffer[at]) || buffer[at] == '_')) {
      at++;
    }
    return at;
  }

  static int endOfDigits(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && isDigit(buffer[at])) {
      at++;
    }
    return at;
  }

  static boolean allDigits(byte[] buffer, int from, int to) {
    return from < to && endOfDigits(buffer, from, to) == to;
  }

  /** The number of up to 18 digits that fill the range, or -1. */
  public static long number(byte[] buffer, int from, int to) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int at = from; at < to; at++) {
      int digit = buffer[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }
}
