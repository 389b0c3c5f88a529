package dev.logdash.core.parse;

/** The usual words, letters and numbers of severity, as numbers of OpenTelemetry. */
final class Severities {

  private static final int TRACE = 1;
  private static final int DEBUG = 5;
  private static final int INFO = 9;
  private static final int NOTICE = 10;
  private static final int WARN = 13;
  private static final int ERROR = 17;
  private static final int CRITICAL = 21;
  private static final int ALERT = 22;
  private static final int EMERGENCY = 24;
  private static final int LONGEST = 13;

  // By syslog severity, 0 to 7.
  private static final int[] SYSLOG = {
    EMERGENCY, ALERT, CRITICAL, ERROR, WARN, NOTICE, INFO, DEBUG
  };
  private static final String[] SYSLOG_NAMES = {
    "emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"
  };

  private Severities() {}

  static int ofSyslog(int code) {
    return SYSLOG[code & 7];
  }

  static String syslogName(int code) {
    return SYSLOG_NAMES[code & 7];
  }

  /**
   * The number of a word, or 0: of an English one in any case, of others as {@link LocalSeverities}
   * has them. Single letters are no words.
   */
  static int ofWord(byte[] b, int from, int to) {
    int english = ofEnglish(b, from, to);
    return english > 0 ? english : LocalSeverities.ofWord(b, from, to);
  }

  private static int ofEnglish(byte[] b, int from, int to) {
    int length = to - from;
    if (length < 3 || length > LONGEST) {
      return length == 1 ? 0 : length == 2 && is(b, from, to, "ok") ? INFO : 0;
    }
    switch (b[from] | 0x20) {
      case 't':
        return is(b, from, to, "trace") || is(b, from, to, "trc") || is(b, from, to, "trac")
            ? TRACE
            : 0;
      case 'v':
        return is(b, from, to, "verbose") || is(b, from, to, "vrb") ? TRACE : 0;
      case 'f':
        return ofF(b, from, to);
      case 'd':
        return ofD(b, from, to);
      case 'i':
        return ofI(b, from, to);
      case 'c':
        return ofC(b, from, to);
      case 'l':
        return is(b, from, to, "log") ? INFO : 0;
      case 'h':
        return is(b, from, to, "hint") ? INFO : 0;
      case 'n':
        return is(b, from, to, "notice") || is(b, from, to, "note") ? NOTICE : 0;
      case 'w':
        return is(b, from, to, "warn") || is(b, from, to, "warning") || is(b, from, to, "wrn")
            ? WARN
            : 0;
      case 's':
        return is(b, from, to, "severe") ? ERROR : is(b, from, to, "statement") ? INFO : 0;
      case 'e':
        return ofE(b, from, to);
      case 'a':
        return is(b, from, to, "alert") ? ALERT : 0;
      case 'p':
        return is(b, from, to, "panic") || is(b, from, to, "pani") ? EMERGENCY : 0;
      default:
        return 0;
    }
  }

  /** The number of one of the letters that some layouts print, or 0. */
  static int ofLetter(byte letter) {
    switch (letter) {
      case 'V':
      case 'T':
        return TRACE;
      case 'D':
        return DEBUG;
      case 'I':
        return INFO;
      case 'N':
        return NOTICE;
      case 'W':
        return WARN;
      case 'E':
        return ERROR;
      case 'C':
      case 'F':
        return CRITICAL;
      default:
        return 0;
    }
  }

  /**
   * The number of a numeric level, or 0: 0 to 7 of syslog, 10 to 60 by tens of Bunyan and Pino,
   * 5000 to 50000 of Logback and Log4j 1, 100 to 600 of Monolog.
   */
  static int ofNumber(long level) {
    if (level >= 0 && level <= 7) {
      return SYSLOG[(int) level];
    }
    if (level >= 10 && level <= 60 && level % 10 == 0) {
      return (int) (level / 10 - 1) * 4 + 1;
    }
    if (level >= 5_000 && level <= 50_000 && level % 5_000 == 0) {
      switch ((int) level) {
        case 5_000:
          return TRACE;
        case 10_000:
          return DEBUG;
        case 20_000:
          return INFO;
        case 30_000:
          return WARN;
        case 40_000:
          return ERROR;
        case 50_000:
          return CRITICAL;
        default:
          return 0;
      }
    }
    switch ((int) Math.min(level, Integer.MAX_VALUE)) {
      case 100:
        return DEBUG;
      case 200:
        return INFO;
      case 250:
        return NOTICE;
      case 300:
        return WARN;
      case 400:
        return ERROR;
      case 500:
        return CRITICAL;
      case 550:
        return ALERT;
      case 600:
        return EMERGENCY;
      default:
        return 0;
    }
  }

  private static int ofF(byte[] b, int from, int to) {
    if (is(b, from, to, "fatal") || is(b, from, to, "ftl") || is(b, from, to, "fata")) {
      return CRITICAL;
    }
    if (is(b, from, to, "fine")) {
      return DEBUG;
    }
    return is(b, from, to, "finer") || is(b, from, to, "finest") ? TRACE : 0;
  }

  private static int ofD(byte[] b, int from, int to) {
    if (is(b, from, to, "debug") || is(b, from, to, "dbg") || is(b, from, to, "debu")) {
      return DEBUG;
    }
    if (to - from == 6 && is(b, from, to - 1, "debug") && b[to - 1] >= '1' && b[to - 1] <= '5') {
      return DEBUG;
    }
    return is(b, from, to, "detail") ? INFO : 0;
  }

  private static int ofI(byte[] b, int from, int to) {
    return is(b, from, to, "info")
            || is(b, from, to, "inf")
            || is(b, from, to, "information")
            || is(b, from, to, "informational")
        ? INFO
        : 0;
  }

  private static int ofC(byte[] b, int from, int to) {
    if (is(b, from, to, "critical") || is(b, from, to, "crit")) {
      return CRITICAL;
    }
    return is(b, from, to, "config") ? INFO : 0;
  }

  private static int ofE(byte[] b, int from, int to) {
    if (is(b, from, to, "error") || is(b, from, to, "err") || is(b, from, to, "eror")) {
      return ERROR;
    }
    return is(b, from, to, "emerg") || is(b, from, to, "emergency") ? EMERGENCY : 0;
  }

  private static boolean is(byte[] b, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((b[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
