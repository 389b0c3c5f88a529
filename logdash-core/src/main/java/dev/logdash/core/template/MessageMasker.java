package dev.logdash.core.template;

import java.util.Arrays;

/**
 * Puts placeholders where a message has values that can be known by their shape alone. The masked
 * message has single spaces between its words and marks of {@link Placeholder}; of a list of three
 * or more values of one shape two are kept. It is described by the accessors until the next call.
 *
 * <p>Only the first line of a message counts, and of it the first {@value #MOST_CHARS} characters.
 * Not safe for use by several threads.
 */
final class MessageMasker {

  static final int MOST_CHARS = 4_096;

  /** How many values of a message are told apart; further ones are masked all the same. */
  static final int MOST_VALUES = 64;

  private static final char SPACE = ' ';
  private static final int LONGEST_QUOTED = 256;
  private static final int SHORTEST_HEX = 6;
  private static final int SHORTEST_ID = 8;
  private static final int ID_TURNS = 3;

  private char[] in = new char[256];
  private char[] out = new char[256];
  private int limit;
  private int length;

  private final int[] starts = new int[MOST_VALUES];
  private final int[] ends = new int[MOST_VALUES];
  private int values;

  private final RepeatedWords repeats = new RepeatedWords();

  // The run of letters, digits, dots, dashes and underscores around the current place.
  private int runStart;
  private int runOut;
  private int runValues;
  private int runDots;

  /** Masks a message. */
  void mask(String message) {
    load(message);
    length = 0;
    values = 0;
    repeats.clear();
    repeats.begin(0, 0);
    startRun(0);
    int i = 0;
    while (i < limit && in[i] <= SPACE) {
      i++;
    }
    while (i < limit) {
      char c = in[i];
      if (c <= SPACE || c == '\u00A0') {
        if (c == '\n') {
          break;
        }
        endRun(i);
        endWord();
        i++;
        startRun(i);
      } else {
        i = c < 128 ? ascii(c, i) : plain(c < '\uE000' || c > '\uF8FF' ? c : '\uFFFD', i);
      }
    }
    endRun(i);
    endWord();
    if (length > 0 && out[length - 1] == SPACE) {
      length--;
    }
  }

  private void load(String message) {
    limit = Math.min(message.length(), MOST_CHARS);
    if (limit > in.length) {
      in = new char[Math.min(MOST_CHARS, Math.max(limit, 2 * in.length))];
      out = new char[in.length + 2];
    }
    if (out.length < limit + 2) {
      out = new char[limit + 2];
    }
    message.getChars(0, limit, in, 0);
  }

  /** The masked message, up to {@link #length}. */
  char[] chars() {
    return out;
  }

  int length() {
    return length;
  }

  /** How many words the masked message has. */
  int words() {
    int words = 1;
    for (int i = 0; i < length; i++) {
      words += out[i] == SPACE ? 1 : 0;
    }
    return words;
  }

  /** How many values {@link #valueStart} and {@link #valueEnd} tell. */
  int values() {
    return values;
  }

  /** The message that was masked, as far as it counts. */
  char[] message() {
    return in;
  }

  int valueStart(int value) {
    return starts[value];
  }

  int valueEnd(int value) {
    return ends[value];
  }

  long hash() {
    return hash(out, 0, length);
  }

  static long hash(char[] chars, int from, int to) {
    long even = 0x9E3779B97F4A7C15L;
    long odd = (long) to - from;
    int i = from;
    for (; i + 1 < to; i += 2) {
      even = (even ^ chars[i]) * 0xC2B2AE3D27D4EB4FL;
      odd = (odd ^ chars[i + 1]) * 0x165667B19E3779F9L;
    }
    if (i < to) {
      even = (even ^ chars[i]) * 0xC2B2AE3D27D4EB4FL;
    }
    return mix(even ^ Long.rotateLeft(odd, 31));
  }

  static long mix(long bits) {
    long h = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
    return h ^ (h >>> 29);
  }

  private int ascii(char c, int i) {
    int kind = Scan.classOf(c);
    if (kind != 0) {
      return word(kind, i);
    }
    return switch (c) {
      case '"', '\'' -> i > 0 && Scan.isAlphanumeric(in, i - 1, limit) ? plain(c, i) : quoted(i);
      case '-', '+' -> signed(c, i);
      case '/' -> slash(i);
      case '\\' -> backslash(i);
      case ':' -> colon(i);
      case '@' -> at(i);
      case '.' -> {
        if (Scan.isAlphanumeric(in, i + 1, limit)) {
          runDots++;
        }
        yield append(c, i);
      }
      case '_', '$' -> append(c, i);
      case '*' -> stars(i);
      default -> plain(c, i);
    };
  }

  /** A character that belongs to no name. */
  private int plain(char c, int i) {
    if (c >= 128 && Scan.classOf(c) != 0) {
      return append(c, i);
    }
    endRun(i);
    out[length++] = c;
    startRun(i + 1);
    return i + 1;
  }

  private int append(char c, int i) {
    out[length++] = c;
    return i + 1;
  }

  private int value(Placeholder kind, int from, int to) {
    char mark = kind.mark();
    if (length >= 4
        && out[length - 1] == ','
        && out[length - 2] == mark
        && out[length - 3] == ','
        && out[length - 4] == mark) {
      length--;
      return to;
    }
    if (values < MOST_VALUES) {
      starts[values] = from;
      ends[values++] = to;
    }
    out[length++] = mark;
    return to;
  }

  /** Letters and digits; {@code i} is the first of them. */
  private int word(int kind, int i) {
    int end = kind == Scan.DIGIT ? figure(i) : letters(i);
    return end > 0 ? end : mixed(i);
  }

  /** A word of letters; -1 if there is a digit in it and it is no known value. */
  private int letters(int i) {
    char[] from = in;
    char[] to = out;
    int end = i;
    int at = length;
    int kinds = 0;
    int kind = Scan.HEX_LETTER;
    char c = SPACE;
    while (end < limit) {
      c = from[end];
      kind = Scan.classOf(c);
      if ((kind & (Scan.LETTER | Scan.HEX_LETTER)) == 0) {
        break;
      }
      kinds |= kind;
      to[at++] = c;
      end++;
    }
    if (end < limit) {
      if (kinds == Scan.HEX_LETTER && (kind == Scan.DIGIT || c == ':' || c == '-')) {
        int value = hexWord(i);
        if (value > 0) {
          return value;
        }
      }
      if (kind == Scan.DIGIT) {
        return -1;
      }
      if (c == SPACE && end == i + 3) {
        int date = name(i);
        if (date > 0) {
          return date;
        }
      }
    }
    length = at;
    return end;
  }

  /** A word of letters and digits: each number in it is a value, or the whole if it is a key. */
  private int mixed(int i) {
    int digits = 0;
    int turns = 0;
    int from = length;
    int before = values;
    int j = i;
    boolean inDigits = false;
    while (j < limit) {
      int c = Scan.classOf(in[j]);
      if (c == 0) {
        break;
      }
      if (c == Scan.DIGIT) {
        int end = Scan.digits(in, j, limit);
        value(Placeholder.NUM, j, end);
        digits += end - j;
        turns++;
        inDigits = true;
        j = end;
      } else {
        if (inDigits) {
          turns++;
          inDigits = false;
        }
        out[length++] = in[j++];
      }
    }
    if (turns >= ID_TURNS && j - i >= SHORTEST_ID && digits < j - i) {
      length = from;
      values = before;
      value(Placeholder.ID, i, j);
    }
    return j;
  }

  /** A value that begins with a digit; -1 if it is not more than a number inside of a word. */
  private int figure(int i) {
    int digits = Scan.digits(in, i, limit);
    char next = digits < limit ? in[digits] : SPACE;
    if (next != '.' && next != '-' && next != '/' && next != ':' && Scan.classOf(next) == 0) {
      return value(Placeholder.NUM, i, Scan.sized(in, i, digits, limit));
    }
    if (digits == i + 1 && (next | 0x20) == 'x' && in[i] == '0' && Scan.isHex(in, i + 2, limit)) {
      return value(Placeholder.HEX, i, Scan.hexDigits(in, i + 2, limit));
    }
    boolean first = i == 0 || in[i - 1] != '.';
    if (next == '.' && first) {
      int ip = Scan.ipv4(in, i, limit);
      if (ip > 0) {
        return value(Placeholder.IP, i, ip);
      }
    }
    if ((next == '-' || next == '/' || next == ':' || next == '.') && first) {
      int time = Scan.time(in, i, limit);
      if (time > 0) {
        return value(Placeholder.TIME, i, time);
      }
    }
    int hex = hexWord(i);
    if (hex > 0) {
      return hex;
    }
    int end = Scan.sized(in, i, Scan.number(in, i, limit), limit);
    // A key such as 4f9x2k81 is one value and not three.
    return Scan.isAlphanumeric(in, end, limit) ? -1 : value(Placeholder.NUM, i, end);
  }

  /** A UUID, an address or a hexadecimal number without prefix. */
  private int hexWord(int i) {
    int end = i;
    int digits = 0;
    while (Scan.isHex(in, end, limit)) {
      digits += in[end] <= '9' ? 1 : 0;
      end++;
    }
    int size = end - i;
    char next = end < limit ? in[end] : SPACE;
    if (size == 8 && next == '-') {
      int uuid = Scan.uuid(in, i, limit);
      if (uuid > 0) {
        return value(Placeholder.UUID, i, uuid);
      }
    }
    if (size == 2 && (next == ':' || next == '-')) {
      int mac = Scan.mac(in, i, limit);
      if (mac > 0) {
        return value(Placeholder.MAC, i, mac);
      }
    }
    if (size <= 4 && next == ':') {
      int ip = Scan.ipv6(in, i, limit);
      if (ip > 0) {
        return value(Placeholder.IP, i, ip);
      }
    }
    if (size >= SHORTEST_HEX
        && digits >= 2
        && digits < size
        && !Scan.isAlphanumeric(in, end, limit)) {
      return value(Placeholder.HEX, i, end);
    }
    return -1;
  }

  /** A date that begins with the name of a day or a month. */
  private int name(int i) {
    if (in[i] >= 'A' && in[i] <= 'W' && i + 8 < limit) {
      int end = Scan.namedTime(in, i, limit);
      if (end > 0) {
        return value(Placeholder.TIME, i, end);
      }
    }
    return -1;
  }

  /** What a program prints where a number does not fit. */
  private int stars(int i) {
    int end = i;
    while (end < limit && in[end] == '*') {
      end++;
    }
    boolean word = i == 0 || in[i - 1] <= SPACE;
    return word && end - i >= 4 && (end == limit || in[end] <= SPACE)
        ? value(Placeholder.NUM, i, end)
        : plain('*', i);
  }

  private int signed(char c, int i) {
    if (!Scan.isDigit(in, i + 1, limit)) {
      return append(c, i);
    }
    char before = i == 0 ? SPACE : in[i - 1];
    if (Scan.classOf(before) != 0 || before == ')' || before == ']' || before == '.') {
      return append(c, i);
    }
    int end = Scan.number(in, i + 1, limit);
    return Scan.isAlphanumeric(in, end, limit)
            || (end < limit && (in[end] == '-' || in[end] == ':'))
        ? append(c, i)
        : value(Placeholder.NUM, i, end);
  }

  private int quoted(int i) {
    char quote = in[i];
    int end = i + 1;
    int most = Math.min(limit, i + 2 + LONGEST_QUOTED);
    while (end < most && in[end] != quote && in[end] != '\n') {
      end++;
    }
    if (end >= most
        || in[end] != quote
        || Scan.isAlphanumeric(in, end + 1, limit)
        || isKey(end + 1)
        || Requests.begins(in, i + 1, end)) {
      return plain(quote, i);
    }
    endRun(i);
    out[length++] = quote;
    value(Placeholder.QUOTED, i + 1, end);
    out[length++] = quote;
    startRun(end + 1);
    return end + 1;
  }

  private boolean isKey(int i) {
    int at = i < limit && in[i] == SPACE ? i + 1 : i;
    return at < limit && (in[at] == '=' || in[at] == ':');
  }

  /** Whether a message goes on to say something about a name, as about an exception. */
  private boolean isSubject(int i) {
    int at = i < limit && in[i] == SPACE ? i + 1 : i;
    return at < limit
        && (in[at] == '=' || (in[i] == ':' && (i + 1 == limit || in[i + 1] == SPACE)));
  }

  private int slash(int i) {
    boolean boundary = i == 0 || isBoundary(in[i - 1]);
    char next = i + 1 < limit ? in[i + 1] : SPACE;
    if (!boundary
        || next == '/'
        || (Scan.classOf(next) == 0 && next != '_' && next != '.' && next != '-')
        || (Scan.isDigit(in, i + 1, limit) && Scan.ipv4(in, i + 1, limit) > 0)) {
      return plain('/', i);
    }
    endRun(i);
    int end = value(Placeholder.PATH, i, pathEnd(i));
    startRun(end);
    return end;
  }

  private static boolean isBoundary(char c) {
    return Scan.classOf(c) == 0 && c != '.' && c != '_' && c != '-' && c != '/' && c != '*';
  }

  private int pathEnd(int i) {
    int end = i + 1;
    while (end < limit && in[end] > SPACE && "\"'<>|,;)]}".indexOf(in[end]) < 0) {
      end++;
    }
    while (in[end - 1] == '.' || in[end - 1] == ':') {
      end--;
    }
    return end;
  }

  /** A path of Windows with a drive, or of a share. */
  private int backslash(int i) {
    boolean share = i + 2 < limit && in[i + 1] == '\\' && Scan.isAlphanumeric(in, i + 2, limit);
    boolean drive =
        i >= 2
            && in[i - 1] == ':'
            && Scan.isAlphanumeric(in, i - 2, i)
            && (i == 2 || isBoundary(in[i - 3]));
    if (!share && !drive) {
      return plain('\\', i);
    }
    int from = drive ? i - 2 : i;
    if (drive) {
      length -= 2;
    }
    int end = value(Placeholder.PATH, from, pathEnd(i));
    startRun(end);
    return end;
  }

  private int colon(int i) {
    if (i + 2 < limit && in[i + 1] == '/' && in[i + 2] == '/' && i > runStart) {
      int from = runStart;
      length = runOut;
      values = runValues;
      int end = value(Placeholder.URL, from, pathEnd(i + 2));
      startRun(end);
      return end;
    }
    return plain(':', i);
  }

  private int at(int i) {
    int end = i + 1;
    int dot = -1;
    while (end < limit && (Scan.classOf(in[end]) != 0 || in[end] == '.' || in[end] == '-')) {
      dot = in[end] == '.' && Scan.isAlphanumeric(in, end + 1, limit) ? end : dot;
      end++;
    }
    while (in[end - 1] == '.') {
      end--;
    }
    boolean domain =
        dot > i + 1 && (Scan.classOf(in[end - 1]) & (Scan.LETTER | Scan.HEX_LETTER)) != 0;
    if (!domain || i == runStart) {
      return plain('@', i);
    }
    length = runOut;
    values = runValues;
    int from = runStart;
    value(Placeholder.EMAIL, from, end);
    startRun(end);
    return end;
  }

  private void startRun(int i) {
    runStart = i;
    runOut = length;
    runValues = values;
    runDots = 0;
  }

  /** A run with two dots inside is a name, unless something is said about it. */
  private void endRun(int i) {
    if (runDots >= 2 && !isSubject(i)) {
      int end = i;
      while (end > runStart && Scan.classOf(in[end - 1]) == 0) {
        end--;
      }
      if (isNamed(end)) {
        int tail = i - end;
        length = runOut;
        values = runValues;
        value(Placeholder.NAME, runStart, end);
        System.arraycopy(in, end, out, length, tail);
        length += tail;
      }
    }
  }

  private boolean isNamed(int end) {
    for (int i = runStart; i < end; i++) {
      if ((Scan.classOf(in[i]) & (Scan.LETTER | Scan.HEX_LETTER)) != 0) {
        return true;
      }
    }
    return false;
  }

  private void endWord() {
    if (length == 0 || out[length - 1] == SPACE) {
      return;
    }
    if (values == repeats.firstValue()) {
      repeats.clear();
    } else if (repeats.end(out, length)) {
      length = repeats.kept();
      values = repeats.firstValue();
    }
    out[length++] = SPACE;
    repeats.begin(length, values);
  }

  /** The masked message in an array of its own. */
  char[] copy() {
    return Arrays.copyOf(out, length);
  }
}
