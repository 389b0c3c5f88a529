package dev.logdash.core.parse;

/**
 * The built-in formats of first lines, in the order in which they are tried: of several formats
 * that fit a line, the first in this order is the one.
 */
enum Format {
  SYSLOG_5424("syslog5424", new Syslog5424Parser()),
  SYSLOG_3164("syslog3164", new Syslog3164Parser()),
  ACCESS("access", new AccessParser()),
  LAYOUT("layout", new LayoutParser()),
  LOGFMT("logfmt", new LogfmtParser()),
  TIMED("timed", new TimedTextParser()),
  TEXT("text", new TextParser());

  private final String label;
  private final LineParser line;

  Format(String label, LineParser line) {
    this.label = label;
    this.line = line;
  }

  String label() {
    return label;
  }

  LineParser line() {
    return line;
  }

  /** Whether the line, by its first bytes, can be of this format at all. */
  boolean mayBegin(byte[] b, int from, int to) {
    byte first = Bytes.at(b, from, to);
    switch (this) {
      case SYSLOG_5424:
        return first == '<';
      case SYSLOG_3164:
        return first == '<' || Bytes.isLetter(first) || isIsoWithT(b, from, to);
      case ACCESS:
        return first != '<' && first != '{' && first > ' ';
      case LAYOUT:
        return Bytes.isDigit(first) || Bytes.isLetter(first) || first == '[';
      default:
        return true;
    }
  }

  /** Whether no format before this one may fit the line if this one fits. */
  boolean excludesEarlier(byte[] b, int from, int to) {
    switch (this) {
      case SYSLOG_5424:
      case ACCESS:
        return true;
      case SYSLOG_3164:
        return Bytes.at(b, from, to) != '<';
      case LAYOUT:
        return Bytes.isDigit(Bytes.at(b, from, to)) && !isIsoWithT(b, from, to);
      default:
        return false;
    }
  }

  private static boolean isIsoWithT(byte[] b, int from, int to) {
    return Bytes.at(b, from + 10, to) == 'T' && Bytes.isDigit(Bytes.at(b, from, to));
  }
}
