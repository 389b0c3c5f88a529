package dev.logdash.elasticsearch;

/** Writes the digits of numbers into an array that has room for {@link #MOST} bytes. */
final class Digits {

  /** The most bytes of a number. */
  static final int MOST = 20;

  private static final int BILLION = 1_000_000_000;
  private static final int DIGITS_OF_A_BILLION = 9;
  private static final byte[] SMALLEST = JsonBytes.ascii("-9223372036854775808");
  private static final byte[] HEX = JsonBytes.ascii("0123456789abcdef");
  private static final byte[] PAIRS = pairs();

  private Digits() {}

  /** Decimal digits, with a minus in front of a negative number; answers with their end. */
  static int decimal(long value, byte[] into, int at) {
    if (value == Long.MIN_VALUE) {
      // Its absolute value is no long.
      System.arraycopy(SMALLEST, 0, into, at, SMALLEST.length);
      return at + SMALLEST.length;
    }
    if (value < 0) {
      into[at] = '-';
      return positive(-value, into, at + 1);
    }
    return positive(value, into, at);
  }

  /** Sixteen hexadecimal digits whose order is that of the numbers; answers with their end. */
  static int sortable(long value, byte[] into, int at) {
    long left = value ^ Long.MIN_VALUE;
    for (int i = 15; i >= 0; i--) {
      into[at + i] = HEX[(int) left & 15];
      left >>>= 4;
    }
    return at + 16;
  }

  private static int positive(long value, byte[] into, int at) {
    if (value >= BILLION) {
      long high = value / BILLION;
      int middle = positive(high, into, at);
      return padded((int) (value - high * BILLION), DIGITS_OF_A_BILLION, into, middle);
    }
    int small = (int) value;
    int count = 1;
    for (int bound = 10; count < DIGITS_OF_A_BILLION && small >= bound; bound *= 10) {
      count++;
    }
    return padded(small, count, into, at);
  }

  private static int padded(int value, int count, byte[] into, int at) {
    int left = value;
    int i = at + count;
    while (i - at >= 2) {
      int rest = left / 100;
      int pair = 2 * (left - 100 * rest);
      left = rest;
      into[--i] = PAIRS[pair + 1];
      into[--i] = PAIRS[pair];
    }
    if (i > at) {
      into[at] = (byte) ('0' + left);
    }
    return at + count;
  }

  /** The two digits of each number below a hundred. */
  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }
}
