package dev.logdash.core.parse;

/**
 * The console logger of .NET: {@code info: Shop.Orders[14]} with the text on the lines behind, or
 * behind the bracket where a line is all it may have.
 */
final class DotnetParser implements LineFormat {

  private static final String LEVELS = "trce dbug info warn fail crit ";
  private static final int[] NUMBERS = {1, 5, 9, 13, 17, 21};
  private static final int LONGEST_LOGGER = 256;

  @Override
  public String name() {
    return "dotnet";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first >= 'a' && first <= 'z';
  }

  @Override
  public boolean spansLines() {
    return true;
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == ':';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, Math.min(to, from + 4), to, ": ")) {
      return false;
    }
    int level = -1;
    for (int i = 0; i < NUMBERS.length && level < 0; i++) {
      level = Bytes.startsWith(b, from, to, LEVELS.substring(5 * i, 5 * i + 4)) ? i : -1;
    }
    int logger = from + 6;
    int limit = Math.min(to, logger + LONGEST_LOGGER);
    int open = level < 0 ? -1 : Bytes.indexOf(b, logger, limit, '[');
    int close = open < 0 ? -1 : Bytes.endOfDigits(b, open + 1, to);
    if (open <= logger
        || !LayoutWords.isLogger(b, logger, open)
        || close == open + 1
        || Bytes.at(b, close, to) != ']') {
      return false;
    }
    sink.severity(NUMBERS[level], b, from, from + 4);
    sink.put(Names.LOGGER, b, logger, open);
    sink.put("event.code", b, open + 1, close);
    int text = close + 1;
    while (text < to && (Bytes.isSpace(b[text]) || b[text] == '\n' || b[text] == '\r')) {
      text++;
    }
    int lineEnd = Records.endOfFirstLine(b, text, to);
    sink.message(b, text, Bytes.trimEnd(b, text, lineEnd));
    if (lineEnd < to) {
      Records.addLines(b, lineEnd + 1, Bytes.trimEnd(b, lineEnd + 1, to), sink);
    }
    return true;
  }
}
