package dev.logdash.core.parse;

/** Internet addresses as logs write them. Checks their form, not more. */
public final class Addresses {

  /** The longest text of an IPv6 address, with an IPv4 address at its end. */
  private static final int LONGEST = 45;

  private Addresses() {}

  /** The end of an IPv4 or IPv6 address that starts here, or -1. */
  public static int end(byte[] buffer, int from, int to) {
    int plain = endOfIpv4(buffer, from, to);
    if (plain > 0 && (plain == to || !mayGoOn(buffer[plain]))) {
      return plain;
    }
    return endOfAny(buffer, from, to);
  }

  private static boolean mayGoOn(byte b) {
    int lower = b | 0x20;
    return b == '.' || Bytes.isDigit(b) || (lower >= 'a' && lower <= 'f');
  }

  private static int endOfAny(byte[] buffer, int from, int to) {
    int dots = 0;
    int colons = 0;
    int hex = 0;
    boolean gap = false;
    int at = from;
    for (; at < to && at - from <= LONGEST; at++) {
      byte b = buffer[at];
      if (b == '.') {
        dots++;
      } else if (b == ':') {
        // One colon behind a whole IPv4 address begins a port.
        if (dots == 3) {
          break;
        }
        gap |= at > from && buffer[at - 1] == ':';
        colons++;
      } else if (!Bytes.isDigit(b)) {
        int lower = b | 0x20;
        if (lower < 'a' || lower > 'f') {
          break;
        }
        hex++;
      }
    }
    if (colons == 0) {
      // A full stop behind an address ends a sentence.
      if (dots == 4 && buffer[at - 1] == '.') {
        at--;
        dots--;
      }
      return dots == 3 && hex == 0 && endOfIpv4(buffer, from, at) == at ? at : -1;
    }
    if (at > from && buffer[at - 1] == ':' && (at - from < 2 || buffer[at - 2] != ':')) {
      at--;
      colons--;
    }
    int whole = dots == 3 ? 6 : 7;
    return (gap ? colons >= 2 && colons <= 7 : colons == whole)
            && (dots == 0 || dots == 3)
            && at - from <= LONGEST
        ? at
        : -1;
  }

  /** Where the IPv4 address begins in one that IPv6 maps ({@code ::ffff:10.0.0.1}). */
  static int unmapped(byte[] b, int from, int to) {
    return to - from > 7
            && startsWithHex(b, from, to, "::ffff:")
            && Bytes.indexOf(b, from, to, '.') > 0
        ? from + 7
        : from;
  }

  static boolean fills(byte[] b, int from, int to) {
    return from < to && isFirst(b[from]) && end(b, from, to) == to;
  }

  private static boolean isFirst(byte b) {
    int lower = b | 0x20;
    return b == ':' || Bytes.isDigit(b) || (lower >= 'a' && lower <= 'f');
  }

  /** Whether an address is one of a private network, of the host itself or of its link. */
  static boolean isPrivate(byte[] b, int from, int to) {
    if (Bytes.indexOf(b, from, to, ':') >= 0) {
      return Bytes.equal(b, from, to, "::1")
          || startsWithHex(b, from, to, "fe80:")
          || startsWithHex(b, from, to, "fc")
          || startsWithHex(b, from, to, "fd");
    }
    if (Bytes.startsWith(b, from, to, "172.")) {
      int dot = Bytes.indexOf(b, from + 4, to, '.');
      long second = Bytes.number(b, from + 4, dot);
      return second >= 16 && second <= 31;
    }
    return Bytes.startsWith(b, from, to, "10.")
        || Bytes.startsWith(b, from, to, "192.168.")
        || Bytes.startsWith(b, from, to, "127.")
        || Bytes.startsWith(b, from, to, "169.254.");
  }

  private static boolean startsWithHex(byte[] b, int from, int to, String lower) {
    for (int i = 0; i < lower.length(); i++) {
      if (from + i >= to || (b[from + i] | 0x20) != (lower.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  /** The end of four numbers up to 255 with points in between that start here, or -1. */
  private static int endOfIpv4(byte[] buffer, int from, int to) {
    int at = from;
    for (int part = 0; part < 4; part++) {
      if (part > 0 && (at >= to || buffer[at++] != '.')) {
        return -1;
      }
      int start = at;
      int value = 0;
      while (at < to && at - start < 3 && Bytes.isDigit(buffer[at])) {
        value = value * 10 + buffer[at++] - '0';
      }
      if (at == start || value > 255) {
        return -1;
      }
    }
    return at;
  }
}
