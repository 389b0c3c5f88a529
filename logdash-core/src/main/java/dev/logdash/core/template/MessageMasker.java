package dev.logdash.core.template;

/**
 * Puts placeholders where a message has values that can be known by their shape alone. The masked
 * message has single spaces between its words and marks of {@link Placeholder}; of a list of three
 * or more values of one shape two are kept.
 *
 * <p>Only the first line of a message counts, and of it the first {@value MaskedText#MOST_CHARS}
 * characters. Not safe for use by several threads.
 */
final class MessageMasker {

  private static final char SPACE = ' ';
  private static final char NO_BREAK_SPACE = '\u00A0';
  private static final char FIRST_PRIVATE = '\uE000';
  private static final char LAST_PRIVATE = '\uF8FF';
  private static final int LONGEST_QUOTED = 256;

  private final MaskedText text = new MaskedText();
  private final WordMasker words = new WordMasker(text);
  private final RepeatedWords repeats = new RepeatedWords();

  // The run of letters, digits, dots, dashes and underscores around the current place.
  private int runStart;
  private int runOut;
  private int runValues;
  private int runDots;

  /** Masks a message; the answer is good until the next call. */
  MaskedText mask(String message) {
    text.load(message);
    repeats.clear();
    repeats.begin(0, 0);
    startRun(0);
    int i = 0;
    while (i < text.limit && text.in[i] <= SPACE) {
      i++;
    }
    while (i < text.limit) {
      char c = text.in[i];
      if (c <= SPACE || c == NO_BREAK_SPACE) {
        if (c == '\n') {
          break;
        }
        endRun(i);
        endWord();
        i++;
        startRun(i);
      } else {
        i = c < 128 ? ascii(c, i) : beyond(c, i);
      }
    }
    endRun(i);
    endWord();
    if (text.length > 0 && text.out[text.length - 1] == SPACE) {
      text.length--;
    }
    return text;
  }

  private int ascii(char c, int i) {
    int kind = Scan.classOf(c);
    if (kind != 0) {
      return words.word(kind, i);
    }
    return switch (c) {
      case '"', '\'' -> quoted(c, i);
      case '-', '+' -> words.signed(c, i);
      case '/' -> slash(i);
      case '\\' -> backslash(i);
      case ':' -> colon(i);
      case '@' -> at(i);
      case '.' -> dot(i);
      case '_', '$' -> text.append(c, i);
      case '*' -> {
        int end = words.stars(i);
        yield end > 0 ? end : plain(c, i);
      }
      default -> plain(c, i);
    };
  }

  private int beyond(char c, int i) {
    if (Scan.classOf(c) != 0) {
      return text.append(c, i);
    }
    return plain(c < FIRST_PRIVATE || c > LAST_PRIVATE ? c : '\uFFFD', i);
  }

  /** A character that belongs to no name. */
  private int plain(char c, int i) {
    endRun(i);
    text.append(c, i);
    startRun(i + 1);
    return i + 1;
  }

  private int dot(int i) {
    if (Scan.isAlphanumeric(text.in, i + 1, text.limit)) {
      runDots++;
    }
    return text.append('.', i);
  }

  private int quoted(char quote, int i) {
    int end = i + 1;
    int most = Math.min(text.limit, i + 2 + LONGEST_QUOTED);
    while (end < most && text.in[end] != quote && text.in[end] != '\n') {
      end++;
    }
    if ((i > 0 && Scan.isAlphanumeric(text.in, i - 1, text.limit))
        || end >= most
        || text.in[end] != quote
        || Scan.isAlphanumeric(text.in, end + 1, text.limit)
        || isKey(end + 1)
        || Requests.begins(text.in, i + 1, end)) {
      return plain(quote, i);
    }
    endRun(i);
    text.append(quote, i);
    text.value(Placeholder.QUOTED, i + 1, end);
    text.append(quote, end);
    startRun(end + 1);
    return end + 1;
  }

  private boolean isKey(int i) {
    int at = i < text.limit && text.in[i] == SPACE ? i + 1 : i;
    return at < text.limit && (text.in[at] == '=' || text.in[at] == ':');
  }

  /** Whether a message goes on to say something about a name, as about an exception. */
  private boolean isSubject(int i) {
    int at = i < text.limit && text.in[i] == SPACE ? i + 1 : i;
    return at < text.limit
        && (text.in[at] == '='
            || (text.in[i] == ':' && (i + 1 == text.limit || text.in[i + 1] == SPACE)));
  }

  private int slash(int i) {
    boolean boundary = i == 0 || isBoundary(text.in[i - 1]);
    char next = i + 1 < text.limit ? text.in[i + 1] : SPACE;
    if (!boundary
        || next == '/'
        || (Scan.classOf(next) == 0 && next != '_' && next != '.' && next != '-')
        || (Scan.isDigit(text.in, i + 1, text.limit)
            && Addresses.ipv4(text.in, i + 1, text.limit) > 0)) {
      return plain('/', i);
    }
    endRun(i);
    int end = text.value(Placeholder.PATH, i, pathEnd(i));
    startRun(end);
    return end;
  }

  private static boolean isBoundary(char c) {
    return Scan.classOf(c) == 0 && c != '.' && c != '_' && c != '-' && c != '/' && c != '*';
  }

  private int pathEnd(int i) {
    int end = i + 1;
    while (end < text.limit && text.in[end] > SPACE && "\"'<>|,;)]}".indexOf(text.in[end]) < 0) {
      end++;
    }
    while (text.in[end - 1] == '.' || text.in[end - 1] == ':') {
      end--;
    }
    return end;
  }

  /** A path of Windows with a drive, or of a share. */
  private int backslash(int i) {
    boolean share =
        i + 2 < text.limit
            && text.in[i + 1] == '\\'
            && Scan.isAlphanumeric(text.in, i + 2, text.limit);
    boolean drive =
        i >= 2
            && text.in[i - 1] == ':'
            && Scan.isLetter(text.in[i - 2])
            && (i == 2 || isBoundary(text.in[i - 3]));
    if (!share && !drive) {
      return plain('\\', i);
    }
    int from = drive ? i - 2 : i;
    if (drive) {
      text.length -= 2;
    }
    int end = text.value(Placeholder.PATH, from, pathEnd(i));
    startRun(end);
    return end;
  }

  private int colon(int i) {
    if (i + 2 < text.limit && text.in[i + 1] == '/' && text.in[i + 2] == '/' && i > runStart) {
      int from = runStart;
      text.back(runOut, runValues);
      int end = text.value(Placeholder.URL, from, pathEnd(i + 2));
      startRun(end);
      return end;
    }
    return plain(':', i);
  }

  private int at(int i) {
    int end = i + 1;
    int dot = -1;
    while (end < text.limit
        && (Scan.classOf(text.in[end]) != 0 || text.in[end] == '.' || text.in[end] == '-')) {
      dot = text.in[end] == '.' && Scan.isAlphanumeric(text.in, end + 1, text.limit) ? end : dot;
      end++;
    }
    while (text.in[end - 1] == '.') {
      end--;
    }
    boolean domain =
        dot > i + 1 && (Scan.classOf(text.in[end - 1]) & (Scan.LETTER | Scan.HEX_LETTER)) != 0;
    if (!domain || i == runStart) {
      return plain('@', i);
    }
    text.back(runOut, runValues);
    int from = runStart;
    text.value(Placeholder.EMAIL, from, end);
    startRun(end);
    return end;
  }

  private void startRun(int i) {
    runStart = i;
    runOut = text.length;
    runValues = text.values;
    runDots = 0;
  }

  /** A run with two dots inside is a name, unless something is said about it. */
  private void endRun(int i) {
    if (runDots >= 2 && !isSubject(i)) {
      int end = i;
      while (end > runStart && Scan.classOf(text.in[end - 1]) == 0) {
        end--;
      }
      if (isNamed(end)) {
        int tail = i - end;
        text.back(runOut, runValues);
        text.value(Placeholder.NAME, runStart, end);
        System.arraycopy(text.in, end, text.out, text.length, tail);
        text.length += tail;
      }
    }
  }

  private boolean isNamed(int end) {
    for (int i = runStart; i < end; i++) {
      if ((Scan.classOf(text.in[i]) & (Scan.LETTER | Scan.HEX_LETTER)) != 0) {
        return true;
      }
    }
    return false;
  }

  private void endWord() {
    if (text.length == 0 || text.out[text.length - 1] == SPACE) {
      return;
    }
    if (text.values == repeats.firstValue()) {
      repeats.clear();
    } else if (repeats.end(text.out, text.length)) {
      text.back(repeats.kept(), repeats.firstValue());
    }
    text.append(SPACE, 0);
    repeats.begin(text.length, text.values);
  }
}
