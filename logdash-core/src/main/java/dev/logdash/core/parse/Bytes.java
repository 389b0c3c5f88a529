package dev.logdash.core.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches and small numbers in byte ranges. Ends are exclusive. */
public final class Bytes {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Bytes() {}

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
      if (buffer[at] == wanted) {
        return at;
      }
    }
    return -1;
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

  /** Where a point, a colon or the letter u in either case stands first, or {@code to}. */
  static int indexOfHint(byte[] buffer, int from, int to) {
    int at = from;
    for (; at + 8 <= to; at += 8) {
      long word = (long) LONGS.get(buffer, at);
      long point = word ^ (LOW_BITS * '.');
      long colon = word ^ (LOW_BITS * ':');
      long letter = (word | LOW_BITS * 0x20) ^ (LOW_BITS * 'u');
      long hits =
          (((point - LOW_BITS) & ~point)
                  | ((colon - LOW_BITS) & ~colon)
                  | ((letter - LOW_BITS) & ~letter))
              & HIGH_BITS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (at < to && buffer[at] != '.' && buffer[at] != ':' && (buffer[at] | 0x20) != 'u') {
      at++;
    }
    return at;
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

  static boolean startsWith(byte[] buffer, int from, int to, String ascii) {
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

  /** The byte at a place, or 0 behind the end. */
  static byte at(byte[] buffer, int at, int to) {
    return at < to ? buffer[at] : 0;
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
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
    while (at < to && !isSpace(buffer[at])) {
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
