package dev.logdash.core.parse;

/**
 * The built-in formats of first lines, in the order in which they are tried: of several formats
 * that fit a line, the first in this order is the one.
 */
enum Format {
  SYSLOG_5424("syslog5424"),
  SYSLOG_3164("syslog3164"),
  ACCESS("access"),
  APACHE_ERROR("apache-error"),
  NGINX_ERROR("nginx-error"),
  KLOG("klog"),
  LAYOUT("layout"),
  LOGFMT("logfmt"),
  TIMED("timed"),
  TEXT("text");

  private final String label;

  Format(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  LineParser newParser() {
    switch (this) {
      case SYSLOG_5424:
        return new Syslog5424Parser();
      case SYSLOG_3164:
        return new Syslog3164Parser();
      case ACCESS:
        return new AccessParser();
      case APACHE_ERROR:
        return new ApacheErrorParser();
      case NGINX_ERROR:
        return new NginxErrorParser();
      case KLOG:
        return new KlogParser();
      case LAYOUT:
        return new LayoutParser();
      case LOGFMT:
        return new LogfmtParser();
      case TIMED:
        return new TimedTextParser();
      default:
        return new TextParser();
    }
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
      case APACHE_ERROR:
        return first == '[';
      case NGINX_ERROR:
        return Bytes.isDigit(first) && Bytes.at(b, from + 4, to) == '/';
      case KLOG:
        return first == ' ' || "IWEF".indexOf(first) >= 0;
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
        return Bytes.isDigit(Bytes.at(b, from, to))
            && Bytes.at(b, from + 4, to) != '/'
            && !isIsoWithT(b, from, to);
      default:
        return false;
    }
  }

  private static boolean isIsoWithT(byte[] b, int from, int to) {
    return Bytes.at(b, from + 10, to) == 'T' && Bytes.isDigit(Bytes.at(b, from, to));
  }
}
