package dev.logdash.core.parse;

/**
 * The log of printed pages of CUPS: {@code printer ada 401 [01/May/2024:10:00:00 +0100] 1 3
 * #billing 10.0.0.1}. The message is the whole line.
 */
final class PrinterParser implements LineFormat {

  private static final int LONGEST_FRONT = 256;

  @Override
  public String name() {
    return "cups-page";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isLetter(first);
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int open = Bytes.indexOf(b, from, Math.min(to, from + LONGEST_FRONT), '[');
    if (open < from + 6 || b[open - 1] != ' ' || !Bytes.isDigit(b[open - 2])) {
      return false;
    }
    int close = Bytes.indexOf(b, open, Math.min(to, open + 40), ']');
    int user = Bytes.endOfWord(b, from, to) + 1;
    int userEnd = Bytes.endOfWord(b, Math.min(user, to), to);
    int job = userEnd + 1;
    if (close < 0
        || job + 1 >= open
        || Bytes.number(b, job, open - 1) < 0
        || sink.scratch.times.scan(b, open + 1, close) != close) {
      return false;
    }
    Cells cells = sink.scratch.cells;
    int last = Bytes.trimEnd(b, close, to);
    if (!Bytes.startsWith(b, close, to, "] ")
        || cells.cut(b, close + 2, last, ' ') < 4
        || (cells.number(0) < 0 && !cells.is(0, "total"))
        || cells.number(1) < 0) {
      return false;
    }
    sink.scratch.times.scan(b, open + 1, close);
    sink.scratch.times.deliver(b, open + 1, close, sink);
    sink.put("cups.printer", b, from, user - 1);
    sink.put(Names.USER, b, user, userEnd);
    sink.put("cups.job.id", Bytes.number(b, job, open - 1));
    cells.number(1, "cups.copies", sink);
    if (cells.isAddress(3)) {
      cells.address(3, Names.SOURCE_IP, sink);
    } else {
      cells.text(3, Names.SOURCE_ADDRESS, sink);
    }
    sink.message(b, from, last);
    return true;
  }
}
