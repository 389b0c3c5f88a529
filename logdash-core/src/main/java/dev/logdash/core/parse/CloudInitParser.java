package dev.logdash.core.parse;

/** What cloud-init writes to syslog: {@code [CLOUDINIT] util.py[DEBUG]: text}. */
final class CloudInitParser implements LineFormat {

  private static final String MARK = "[CLOUDINIT] ";
  private static final int LONGEST_FILE = 128;

  @Override
  public String name() {
    return "cloud-init";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, from, to, MARK)) {
      return false;
    }
    int file = from + MARK.length();
    int open = Bytes.indexOf(b, file, Math.min(to, file + LONGEST_FILE), '[');
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, to, ']');
    int severity = close < 0 ? 0 : Severities.ofWord(b, open + 1, close);
    if (severity == 0 || !Bytes.startsWith(b, close, to, "]: ")) {
      return false;
    }
    sink.severity(severity, b, open + 1, close);
    sink.put(Names.PROCESS, "cloud-init");
    sink.put(Names.ORIGIN_FILE, b, file, open);
    sink.message(b, close + 3, Bytes.trimEnd(b, close + 3, to));
    return true;
  }
}
