package dev.logdash.core.parse;

/**
 * The syslog of ESXi: {@code 2024-05-01T10:00:00.123Z In(14) vmkernel[42]: text}, whose level has
 * two letters and the priority of syslog behind it.
 */
final class HypervisorParser implements LineFormat {

  private static final String LEVELS = "EmAlCrErWaNoInDb";

  @Override
  public String name() {
    return "esxi";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '-';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 10, to) != 'T') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from, to);
    int level = timeEnd + 1;
    int code = timeEnd < 0 ? -1 : severity(b, level, to);
    int close = code < 0 ? -1 : Bytes.endOfDigits(b, level + 3, to);
    if (close <= level + 3 || Bytes.at(b, close, to) != ')' || b[timeEnd] != ' ') {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.severity(Severities.ofSyslog(code), b, level, level + 2);
    long priority = Bytes.number(b, level + 3, close);
    if (priority >= 0 && priority < 192) {
      sink.put(Names.SYSLOG_PRIORITY, priority);
    }
    int tag = Bytes.skipSpaces(b, Bytes.endOfWord(b, close, to), to);
    TaggedText.put(b, tag, to, sink);
    return true;
  }

  private static int severity(byte[] b, int from, int to) {
    if (Bytes.at(b, from + 2, to) != '(') {
      return -1;
    }
    for (int i = 0; i < LEVELS.length(); i += 2) {
      if (b[from] == LEVELS.charAt(i) && b[from + 1] == LEVELS.charAt(i + 1)) {
        return i / 2;
      }
    }
    return -1;
  }
}
