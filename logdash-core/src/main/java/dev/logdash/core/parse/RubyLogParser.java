package dev.logdash.core.parse;

/**
 * The logger of Ruby's standard library: {@code I, [2024-05-01T10:00:00.123456 #1234] INFO --
 * program: text}.
 */
final class RubyLogParser implements LineFormat {

  private static final int LONGEST_PROGRAM = 64;

  @Override
  public String name() {
    return "ruby";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return "DIWEFA".indexOf(first) >= 0 && first != 0;
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, Math.min(to, from + 1), to, ", [")) {
      return false;
    }
    int time = from + 4;
    int timeEnd = sink.scratch.times.scan(b, time, to);
    int pid = timeEnd + 2;
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, " #")) {
      return false;
    }
    int pidEnd = Bytes.endOfDigits(b, pid, to);
    int level = Bytes.skipSpaces(b, Math.min(to, pidEnd + 1), to);
    int levelEnd = Bytes.endOfWord(b, level, to);
    boolean any = Bytes.equal(b, level, levelEnd, "ANY");
    int severity = any ? 9 : Severities.ofWord(b, level, levelEnd);
    if (Bytes.number(b, pid, pidEnd) < 0
        || Bytes.at(b, pidEnd, to) != ']'
        || severity == 0
        || !Bytes.startsWith(b, levelEnd, to, " -- ")) {
      return false;
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    sink.severity(severity, b, level, levelEnd);
    sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    int program = levelEnd + 4;
    int colon = Bytes.indexOf(b, program, Math.min(to, program + LONGEST_PROGRAM), ':');
    int text = program;
    if (colon >= 0 && (colon + 1 == to || b[colon + 1] == ' ')) {
      if (colon > program) {
        sink.put(Names.LOGGER, b, program, colon);
      }
      text = Bytes.skipSpaces(b, colon + 1, to);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }
}
