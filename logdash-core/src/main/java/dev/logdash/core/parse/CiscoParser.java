package dev.logdash.core.parse;

/**
 * Messages of Cisco's devices: {@code %ASA-4-106023: text}, {@code %SYS-5-CONFIG_I: text}, with a
 * sequence number and a time of the device in front or not. The digit is the severity of syslog;
 * the message begins with the percent sign.
 */
final class CiscoParser implements LineFormat {

  private static final int LONGEST_CODE = 96;
  private static final int LONGEST_FRONT = 64;

  @Override
  public String name() {
    return "cisco";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '%'
        || first == '*'
        || first == '.'
        || first == ':'
        || Bytes.isDigit(first)
        || Bytes.isLetter(first);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int percent = from;
    if (Bytes.at(b, from, to) != '%') {
      percent = Bytes.indexOf(b, from, Math.min(to, from + LONGEST_FRONT), '%');
      if (percent <= from || b[percent - 1] != ' ') {
        return false;
      }
    }
    int colon = Bytes.indexOf(b, percent, Math.min(to, percent + LONGEST_CODE), ':');
    int dash = colon < 0 ? -1 : severity(b, percent + 1, colon);
    if (dash < 0) {
      return false;
    }
    if (percent > from && !front(b, from, percent - 1, sink)) {
      sink.clear();
      return false;
    }
    int code = b[dash + 1] - '0';
    sink.severity(Severities.ofSyslog(code), Severities.syslogName(code));
    sink.put("event.code", b, percent + 1, colon);
    sink.put("cisco.facility", b, percent + 1, dash);
    sink.put("cisco.mnemonic", b, dash + 3, colon);
    sink.message(b, percent, Bytes.trimEnd(b, percent, to));
    return true;
  }

  /** Where the dash before the digit stands in {@code SYS-5-CONFIG_I}, or -1. */
  private static int severity(byte[] b, int from, int to) {
    int dash = -1;
    for (int at = from; at < to; at++) {
      byte c = b[at];
      if (!(c >= 'A' && c <= 'Z') && !Bytes.isDigit(c) && c != '-' && c != '_') {
        return -1;
      }
      if (dash < 0
          && c == '-'
          && at > from
          && at + 3 < to
          && b[at + 1] >= '0'
          && b[at + 1] <= '7'
          && b[at + 2] == '-') {
        dash = at;
      }
    }
    return dash;
  }

  /** Reads {@code 000045: *Mar 1 18:46:11.123:}, of which each part may be missing. */
  private static boolean front(byte[] b, int from, int to, FieldSink sink) {
    int at = from;
    int digits = Bytes.endOfDigits(b, at, to);
    if (digits > at && Bytes.at(b, digits, to) == ':') {
      at = Bytes.skipSpaces(b, digits + 1, to);
    }
    if (at < to && (b[at] == '*' || b[at] == '.' || b[at] == ':')) {
      // A star says that the clock was not set, a point that it is out of step.
      at = Bytes.skipSpaces(b, at + 1, to);
    }
    if (at >= to) {
      return true;
    }
    int end = sink.scratch.times.scan(b, at, to);
    if (end < 0) {
      return false;
    }
    sink.scratch.times.deliver(b, at, end, sink);
    // The name of a zone may follow.
    int rest = Bytes.skipSpaces(b, end, to);
    while (rest < to && b[rest] >= 'A' && b[rest] <= 'Z') {
      rest++;
    }
    return Bytes.at(b, rest, to) == ':' && rest + 1 == to;
  }
}
