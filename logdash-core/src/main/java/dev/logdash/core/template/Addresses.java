package dev.logdash.core.template;

/**
 * Finds the ends of addresses in a text. Each method answers with the place behind the address that
 * begins at a place, or -1 if there is none.
 */
final class Addresses {

  private Addresses() {}

  /** Four numbers below 256 with dots, and a port. */
  static int ipv4(char[] text, int at, int to) {
    int i = at;
    for (int part = 0; part < 4; part++) {
      if (part > 0) {
        if (i >= to || text[i] != '.') {
          return -1;
        }
        i++;
      }
      int end = Scan.digits(text, i, Math.min(to, i + 4));
      int length = end - i;
      if (length == 0 || length > 3 || (length == 3 && value(text, i, end) > 255)) {
        return -1;
      }
      i = end;
    }
    if ((i + 1 < to && text[i] == '.' && Scan.isDigit(text, i + 1, to))
        || Scan.isAlphanumeric(text, i, to)) {
      return -1;
    }
    return port(text, i, to);
  }

  private static int port(char[] text, int at, int to) {
    if (at + 1 < to && text[at] == ':' && Scan.isDigit(text, at + 1, to)) {
      int end = Scan.digits(text, at + 1, to);
      if (end - at <= 6 && !Scan.isAlphanumeric(text, end, to)) {
        return end;
      }
    }
    return at;
  }

  static int value(char[] text, int at, int to) {
    int value = 0;
    for (int i = at; i < to; i++) {
      value = 10 * value + text[i] - '0';
    }
    return value;
  }

  static int uuid(char[] text, int at, int to) {
    if (at + 36 > to
        || text[at + 8] != '-'
        || text[at + 13] != '-'
        || text[at + 18] != '-'
        || text[at + 23] != '-') {
      return -1;
    }
    int end = Scan.hexDigits(text, at + 24, at + 36);
    if (end != at + 36 || Scan.isAlphanumeric(text, end, to)) {
      return -1;
    }
    for (int i = at; i < at + 24; i++) {
      if (!Scan.isHex(text, i, to) && text[i] != '-') {
        return -1;
      }
    }
    return end;
  }

  /** Six pairs of hexadecimal digits with colons or dashes. */
  static int mac(char[] text, int at, int to) {
    if (at + 17 > to) {
      return -1;
    }
    char separator = text[at + 2];
    if (separator != ':' && separator != '-') {
      return -1;
    }
    for (int i = 0; i < 17; i++) {
      if (i % 3 == 2 ? text[at + i] != separator : !Scan.isHex(text, at + i, to)) {
        return -1;
      }
    }
    return Scan.isAlphanumeric(text, at + 17, to) ? -1 : at + 17;
  }

  /** Eight groups with colons, or fewer with a pair of colons among them. */
  static int ipv6(char[] text, int at, int to) {
    int groups = 0;
    boolean gap = false;
    int i = at;
    while (i < to && groups < 8) {
      int end = Scan.hexDigits(text, i, Math.min(to, i + 5));
      if (end - i > 4) {
        return -1;
      }
      if (end == i) {
        break;
      }
      groups++;
      i = end;
      if (i + 1 < to && text[i] == ':' && text[i + 1] == ':' && !gap) {
        gap = true;
        i += 2;
      } else if (i + 1 < to && text[i] == ':' && Scan.isHex(text, i + 1, to)) {
        i++;
      } else {
        break;
      }
    }
    boolean whole = groups == 8 || (gap && groups >= 2);
    return whole && !Scan.isAlphanumeric(text, i, to) ? i : -1;
  }
}
