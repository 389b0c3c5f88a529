package dev.logdash.core.parse;

/**
 * The log of vsftpd: {@code Mon Jun 8 12:08:53 2020 [pid 27244] [ada] FAIL LOGIN: Client
 * "10.0.0.1"}.
 */
final class FtpServerParser implements LineFormat {

  @Override
  public String name() {
    return "vsftpd";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return "MTWFS".indexOf(first) >= 0;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 3, to) != ' ') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from, to);
    int pid = timeEnd + 6;
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, " [pid ")) {
      return false;
    }
    int pidEnd = Bytes.endOfDigits(b, pid, to);
    if (pidEnd == pid || Bytes.number(b, pid, pidEnd) < 0 || Bytes.at(b, pidEnd, to) != ']') {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    int text = Bytes.skipSpaces(b, pidEnd + 1, to);
    int close = Bytes.at(b, text, to) == '[' ? Bytes.indexOf(b, text, to, ']') : -1;
    if (close > text + 1) {
      sink.put(Names.USER, b, text + 1, close);
      text = Bytes.skipSpaces(b, close + 1, to);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }
}
