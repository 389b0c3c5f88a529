package dev.logdash.core.template;

/** Masks words of letters and digits, and the values that begin as such words do. */
final class WordMasker {

  private static final char SPACE = ' ';
  private static final int SHORTEST_HEX = 6;
  private static final int SHORTEST_ID = 8;
  private static final int ID_TURNS = 3;

  private final MaskedText text;

  WordMasker(MaskedText text) {
    this.text = text;
  }

  /** Letters and digits; {@code i} is the first of them. */
  int word(int kind, int i) {
    int end = kind == Scan.DIGIT ? figure(i) : letters(i);
    return end > 0 ? end : mixed(i);
  }

  /** A word of letters; -1 if there is a digit in it and it is no known value. */
  private int letters(int i) {
    char[] from = text.in;
    char[] to = text.out;
    int most = text.limit;
    int end = i;
    int at = text.length;
    int last = 0;
    char c = SPACE;
    while (end < most) {
      c = from[end];
      int small = c | 0x20;
      if (small - 'a' < 0 || small > 'z') {
        break;
      }
      last = Math.max(last, small);
      to[at++] = c;
      end++;
    }
    if (end < most) {
      boolean digit = c >= '0' && c <= '9';
      if (last <= 'f' && (digit || c == ':' || c == '-')) {
        int value = hexWord(i);
        if (value > 0) {
          return value;
        }
      }
      if (digit) {
        return -1;
      }
      if (c == SPACE && end == i + 3) {
        int date = name(i);
        if (date > 0) {
          return date;
        }
      }
    }
    text.length = at;
    return end;
  }

  /** A word of letters and digits: each number in it is a value, or the whole if it is a key. */
  private int mixed(int i) {
    int digits = 0;
    int turns = 0;
    int from = text.length;
    int before = text.values;
    int j = i;
    boolean inDigits = false;
    while (j < text.limit) {
      int c = Scan.classOf(text.in[j]);
      if (c == 0) {
        break;
      }
      if (c == Scan.DIGIT) {
        int end = Scan.digits(text.in, j, text.limit);
        text.value(Placeholder.NUM, j, end);
        digits += end - j;
        turns++;
        inDigits = true;
        j = end;
      } else {
        if (inDigits) {
          turns++;
          inDigits = false;
        }
        text.out[text.length++] = text.in[j++];
      }
    }
    if (turns >= ID_TURNS && j - i >= SHORTEST_ID && digits < j - i) {
      text.back(from, before);
      text.value(Placeholder.ID, i, j);
    }
    return j;
  }

  /** A value that begins with a digit; -1 if it is not more than a number inside of a word. */
  private int figure(int i) {
    int digits = Scan.digits(text.in, i, text.limit);
    char next = digits < text.limit ? text.in[digits] : SPACE;
    if (next != '.' && next != '-' && next != '/' && next != ':' && Scan.classOf(next) == 0) {
      return text.value(Placeholder.NUM, i, Scan.sized(text.in, i, digits, text.limit));
    }
    if (digits == i + 1
        && (next | 0x20) == 'x'
        && text.in[i] == '0'
        && Scan.isHex(text.in, i + 2, text.limit)) {
      return text.value(Placeholder.HEX, i, Scan.hexDigits(text.in, i + 2, text.limit));
    }
    boolean first = i == 0 || text.in[i - 1] != '.';
    if (next == '.' && first) {
      int ip = Addresses.ipv4(text.in, i, text.limit);
      if (ip > 0) {
        return text.value(Placeholder.IP, i, ip);
      }
    }
    if (digits == i + 2 && (next == ':' || next == '-')) {
      // Before times, because 02:42:ac:11:00:02 begins like one.
      int mac = Addresses.mac(text.in, i, text.limit);
      if (mac > 0) {
        return text.value(Placeholder.MAC, i, mac);
      }
    }
    if ((next == '-' || next == '/' || next == ':' || next == '.') && first) {
      int time = Times.time(text.in, i, text.limit);
      if (time > 0) {
        return text.value(Placeholder.TIME, i, time);
      }
    }
    int hex = hexWord(i);
    if (hex > 0) {
      return hex;
    }
    int end = Scan.sized(text.in, i, Scan.number(text.in, i, text.limit), text.limit);
    // A key such as 4f9x2k81 is one value and not three.
    return Scan.isAlphanumeric(text.in, end, text.limit) ? -1 : text.value(Placeholder.NUM, i, end);
  }

  /** A UUID, an address or a hexadecimal number without prefix. */
  private int hexWord(int i) {
    int end = i;
    int digits = 0;
    while (Scan.isHex(text.in, end, text.limit)) {
      digits += text.in[end] <= '9' ? 1 : 0;
      end++;
    }
    int size = end - i;
    char next = end < text.limit ? text.in[end] : SPACE;
    if (size == 8 && next == '-') {
      int uuid = Addresses.uuid(text.in, i, text.limit);
      if (uuid > 0) {
        return text.value(Placeholder.UUID, i, uuid);
      }
    }
    if (size == 2 && (next == ':' || next == '-')) {
      int mac = Addresses.mac(text.in, i, text.limit);
      if (mac > 0) {
        return text.value(Placeholder.MAC, i, mac);
      }
    }
    if (size <= 4 && next == ':') {
      int ip = Addresses.ipv6(text.in, i, text.limit);
      if (ip > 0) {
        return text.value(Placeholder.IP, i, ip);
      }
    }
    if (size >= SHORTEST_HEX
        && digits >= 2
        && digits < size
        && !Scan.isAlphanumeric(text.in, end, text.limit)) {
      return text.value(Placeholder.HEX, i, end);
    }
    return -1;
  }

  /** A date that begins with the name of a day or a month. */
  private int name(int i) {
    if (text.in[i] >= 'A' && text.in[i] <= 'W' && i + 8 < text.limit) {
      int end = Times.namedTime(text.in, i, text.limit);
      if (end > 0) {
        return text.value(Placeholder.TIME, i, end);
      }
    }
    return -1;
  }

  /** What a program prints where a number does not fit; -1 if it is something else. */
  int stars(int i) {
    int end = i;
    while (end < text.limit && text.in[end] == '*') {
      end++;
    }
    boolean word = i == 0 || text.in[i - 1] <= SPACE;
    return word && end - i >= 4 && (end == text.limit || text.in[end] <= SPACE)
        ? text.value(Placeholder.NUM, i, end)
        : -1;
  }

  /** A sign, with the number behind it if there is one. */
  int signed(char c, int i) {
    if (!Scan.isDigit(text.in, i + 1, text.limit)) {
      return text.append(c, i);
    }
    char before = i == 0 ? SPACE : text.in[i - 1];
    if (Scan.classOf(before) != 0 || before == ')' || before == ']' || before == '.') {
      return text.append(c, i);
    }
    int end = Scan.number(text.in, i + 1, text.limit);
    return Scan.isAlphanumeric(text.in, end, text.limit)
            || (end < text.limit && (text.in[end] == '-' || text.in[end] == ':'))
        ? text.append(c, i)
        : text.value(Placeholder.NUM, i, end);
  }
}
