package dev.logdash.core.parse;

/** The {@code <13>} that begins a syslog message on the wire. */
final class SyslogPriority {

  private static final int HIGHEST = 191;
  private static final int LONGEST_SELECTOR = 24;
  // The digits of local0 to local7 do not count.
  private static final WordTable FACILITIES =
      new WordTable("kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp local");

  private SyslogPriority() {}

  /** Where the message begins behind its priority, or -1 if there is no valid priority here. */
  static int end(byte[] b, int from, int to) {
    if (to - from < 3 || b[from] != '<') {
      return -1;
    }
    int end = Bytes.endOfDigits(b, from + 1, Math.min(to, from + 5));
    long priority = Bytes.number(b, from + 1, end);
    boolean valid = priority >= 0 && priority <= HIGHEST && end - from <= 4;
    return valid && Bytes.at(b, end, to) == '>' ? end + 1 : -1;
  }

  /** Puts the priority that stands between {@code from} and {@code end}. */
  static void put(byte[] b, int from, int end, FieldSink sink) {
    int priority = (int) Bytes.number(b, from + 1, end - 1);
    int severity = priority & 7;
    sink.put(Names.SYSLOG_PRIORITY, priority);
    sink.put(Names.SYSLOG_FACILITY, priority >>> 3);
    sink.put(Names.SYSLOG_SEVERITY, severity);
    sink.severity(Severities.ofSyslog(severity), Severities.syslogName(severity));
  }

  /** Reads {@code daemon.warn}, as some write the priority out; where it ends, or -1. */
  static int endOfSelector(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.endOfWord(b, from, Math.min(to, from + LONGEST_SELECTOR));
    int dot = Bytes.indexOf(b, from, end, '.');
    int facility = dot < 0 ? 0 : FACILITIES.get(b, from, dot);
    int severity = facility == 0 ? 0 : Severities.ofWord(b, dot + 1, end);
    if (severity == 0 || end >= to) {
      return -1;
    }
    sink.severity(severity, b, dot + 1, end);
    sink.put("log.syslog.facility.name", b, from, dot);
    return end;
  }
}
