package dev.logdash.core.parse;

/**
 * Any line: its text is the message. A severity that begins the line ({@code [WARN] }, {@code
 * ERROR: }, {@code INFO } in capitals) is understood and stays in the message.
 */
final class TextParser implements LineFormat {

  @Override
  public String name() {
    return "text";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return true;
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.trimEnd(b, from, to);
    sink.message(b, from, end);
    if (Bytes.startsWith(b, from, end, "PHP ")) {
      TimedTextParser.php(b, from + 4, end, sink);
      return true;
    }
    int at = from < end && b[from] == '[' ? from + 1 : from;
    int word = at;
    while (word < end && (Bytes.isLetter(b[word]) || (b[word] < 0 && !isWideColon(b, word, end)))) {
      word++;
    }
    boolean closed = at > from ? Bytes.at(b, word, end) == ']' : isMarked(b, at, word, end);
    int number = closed ? Severities.ofWord(b, at, word) : 0;
    if (number > 0) {
      sink.severity(number, b, at, word);
    }
    return true;
  }

  // The colon of Chinese and Japanese, U+FF1A.
  private static boolean isWideColon(byte[] b, int at, int to) {
    return Bytes.at(b, at, to) == (byte) 0xEF
        && Bytes.at(b, at + 1, to) == (byte) 0xBC
        && Bytes.at(b, at + 2, to) == (byte) 0x9A;
  }

  private static boolean isMarked(byte[] b, int from, int word, int to) {
    byte next = Bytes.at(b, word, to);
    if (next == ':' || isWideColon(b, word, to)) {
      return true;
    }
    for (int at = from; at < word; at++) {
      if ((b[at] & 0x20) != 0) {
        return false;
      }
    }
    return next == ' ';
  }
}
