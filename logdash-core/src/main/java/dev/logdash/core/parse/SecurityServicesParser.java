package dev.logdash.core.parse;

/**
 * The log of SSSD: {@code (Tue Mar 31 06:03:46 2015) [sssd[be[default]]] [sysdb_search] (0x0400):
 * text}, newer with {@code (2022-06-08 8:52:40):}. The bits of the level follow its manual.
 */
final class SecurityServicesParser implements LineFormat {

  @Override
  public String name() {
    return "sssd";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '(';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int close = Bytes.indexOf(b, from, Math.min(to, from + 40), ')');
    if (close <= from + 1) {
      return false;
    }
    int open = Bytes.skipSpaces(b, Bytes.at(b, close + 1, to) == ':' ? close + 2 : close + 1, to);
    int service = Bytes.at(b, open, to) == '[' ? LayoutWords.closing(b, open, to) : -1;
    int function = service + 2;
    int functionEnd =
        service > 0 && Bytes.startsWith(b, service, to, "] [")
            ? Bytes.indexOf(b, function, to, ']')
            : -1;
    int level = functionEnd + 5;
    int levelEnd =
        functionEnd > 0 && Bytes.startsWith(b, functionEnd, to, "] (0x")
            ? Bytes.indexOf(b, level, Math.min(to, level + 8), ')')
            : -1;
    int severity = levelEnd < 0 ? 0 : severity(b, level, levelEnd);
    if (severity == 0 || Bytes.at(b, levelEnd + 1, to) != ':' || !time(b, from + 1, close, sink)) {
      return false;
    }
    sink.severity(severity, b, level - 2, levelEnd);
    sink.put(Names.PROCESS, b, open + 1, service);
    sink.put(Names.ORIGIN_FUNCTION, b, function + 1, functionEnd);
    int text = Bytes.skipSpaces(b, levelEnd + 2, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Reads a time whose fraction may stand behind a colon, or whose hour lacks a digit. */
  private static boolean time(byte[] b, int from, int to, FieldSink sink) {
    int length = to - from;
    byte[] text = sink.scratch.bytes(length);
    System.arraycopy(b, from, text, 0, length);
    int colons = 0;
    for (int i = 0; i < length; i++) {
      if (text[i] == ':' && ++colons == 3) {
        text[i] = '.';
      }
    }
    sink.scratch.times.forget();
    boolean found = sink.scratch.times.scan(text, 0, length) == length;
    if (found) {
      sink.scratch.times.deliver(b, from, to, sink);
    }
    sink.scratch.times.forget();
    return found;
  }

  /** 0x0010 fatal, 0x0020 critical, 0x0040 operation and 0x0080 minor failures, then less. */
  private static int severity(byte[] b, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      int digit = Character.digit(b[at], 16);
      if (digit < 0) {
        return 0;
      }
      value = 16 * value + digit;
    }
    if (value < 0x10 || to - from != 4) {
      return 0;
    }
    return value <= 0x20 ? 21 : value <= 0x40 ? 17 : value <= 0x80 ? 13 : value <= 0x100 ? 9 : 5;
  }
}
