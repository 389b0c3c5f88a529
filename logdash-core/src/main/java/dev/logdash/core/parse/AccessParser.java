package dev.logdash.core.parse;

/**
 * Access logs of web servers: common and combined, with or without the virtual host in front, and
 * with further fields behind. The message is the whole line, so that any part of it that a person
 * looks for is found; the severity follows from the status: below 400 info, below 500 warn, else
 * error.
 */
final class AccessParser implements LineParser {

  private static final int INFO = 9;
  private static final int WARN = 13;
  private static final int ERROR = 17;
  private static final int TIME_LENGTH = 26;

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int open = openingBracket(b, from, to);
    if (open < 0) {
      return false;
    }
    int close = open + 1 + TIME_LENGTH;
    if (sink.times.scanInto(b, open + 1, close, sink) != close
        || !parseRequest(b, close + 1, to, sink)
        || !parseClient(b, from, open - 1, sink)) {
      sink.clear();
      return false;
    }
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  /** Finds {@code [10/Oct/2000:13:55:36 -0700] } behind the names that begin the line. */
  private static int openingBracket(byte[] b, int from, int to) {
    // The names in front are short; the rest of a long line need not be searched.
    int limit = Math.min(to, from + 1_024);
    for (int at = from; at < limit; at++) {
      at = Bytes.indexOf(b, at, limit, '[');
      if (at < 0) {
        return -1;
      }
      if (at > from
          && at + TIME_LENGTH + 1 < to
          && b[at - 1] == ' '
          && b[at + 3] == '/'
          && b[at + 7] == '/'
          && b[at + 12] == ':'
          && b[at + TIME_LENGTH + 1] == ']') {
        return at;
      }
    }
    return -1;
  }

  /** Reads {@code host ident user}, which may follow a virtual host. */
  private static boolean parseClient(byte[] b, int from, int to, FieldSink sink) {
    int hostEnd = Bytes.endOfWord(b, from, to);
    // A list of proxies: the client is the first.
    int listEnd = hostEnd;
    while (listEnd < to && listEnd > from && b[listEnd - 1] == ',') {
      listEnd = Bytes.endOfWord(b, listEnd + 1, to);
    }
    if (listEnd > hostEnd) {
      return to - listEnd > 3
          && Bytes.endOfAddress(b, from, hostEnd - 1) == hostEnd - 1
          && Requests.address(b, from, hostEnd - 1, sink);
    }
    int identEnd = Bytes.endOfWord(b, Math.min(hostEnd + 1, to), to);
    int user = Math.min(identEnd + 1, to);
    int host = from;
    int second = Bytes.endOfWord(b, user, to);
    boolean addressSecond = Bytes.endOfAddress(b, Math.min(hostEnd + 1, to), identEnd) == identEnd;
    if (second < to && addressSecond && Bytes.endOfAddress(b, from, hostEnd) != hostEnd) {
      putVirtualHost(b, from, hostEnd, sink);
      host = hostEnd + 1;
      hostEnd = identEnd;
      user = second + 1;
    }
    if (host == hostEnd || user >= to || !isClient(b, from, host, hostEnd, to, sink)) {
      return false;
    }
    Requests.address(b, host, hostEnd, sink);
    if (to - user > 1 || (user < to && b[user] != '-')) {
      sink.put(Names.USER, b, user, to);
    }
    return true;
  }

  /** Whether the line begins with a client, and not with a time or a level of another format. */
  private static boolean isClient(
      byte[] b, int from, int host, int hostEnd, int to, FieldSink sink) {
    if (Bytes.endOfAddress(b, host, hostEnd) == hostEnd) {
      return true;
    }
    return Requests.isHostName(b, host, hostEnd)
        && Severities.ofWord(b, host, hostEnd) == 0
        && !Bytes.isSpace(b[from])
        && sink.times.scan(b, from, to) < 0;
  }

  private static void putVirtualHost(byte[] b, int from, int to, FieldSink sink) {
    int colon = Bytes.indexOf(b, from, to, ':');
    boolean port = colon > 0 && Bytes.allDigits(b, colon + 1, to);
    sink.put(Names.DESTINATION_DOMAIN, b, from, port ? colon : to);
  }

  /** Reads {@code "GET / HTTP/1.1" 200 5 "referrer" "agent"} and what follows. */
  private static boolean parseRequest(byte[] b, int from, int to, FieldSink sink) {
    int quote = Bytes.skipSpaces(b, from, to);
    if (quote >= to || b[quote] != '"') {
      return false;
    }
    int end = closingQuote(b, quote + 1, to);
    if (end < 0) {
      return false;
    }
    Requests.line(b, quote + 1, end, sink);
    int at = Bytes.skipSpaces(b, end + 1, to);
    int wordEnd = Bytes.endOfWord(b, at, to);
    long status = Bytes.number(b, at, wordEnd);
    if (status < 0 && !isDash(b, at, wordEnd)) {
      return false;
    }
    if (status >= 0) {
      sink.put(Names.STATUS, status);
      sink.severity(status < 400 ? INFO : status < 500 ? WARN : ERROR, "");
    }
    at = Bytes.skipSpaces(b, wordEnd, to);
    wordEnd = Bytes.endOfWord(b, at, to);
    long bytes = Bytes.number(b, at, wordEnd);
    if (bytes >= 0) {
      sink.put(Names.RESPONSE_BYTES, bytes);
    }
    parseRest(b, Bytes.skipSpaces(b, wordEnd, to), to, sink);
    return true;
  }

  private static void parseRest(byte[] b, int from, int to, FieldSink sink) {
    int at = quoted(b, from, to, Names.REFERRER, sink);
    if (at < 0) {
      return;
    }
    at = quoted(b, Bytes.skipSpaces(b, at, to), to, Names.USER_AGENT, sink);
    if (at < 0) {
      return;
    }
    // A number with a point behind all of it is the time of the request in seconds.
    int last = Bytes.skipSpaces(b, at, to);
    int end = Bytes.trimEnd(b, last, to);
    if (last < end
        && Bytes.endOfWord(b, last, end) == end
        && Bytes.isDigit(b[last])
        && Bytes.indexOf(b, last, end, '.') > 0) {
      Durations.text(1_000_000_000L, b, last, end, sink);
    }
  }

  private static int quoted(byte[] b, int from, int to, String name, FieldSink sink) {
    if (from >= to || b[from] != '"') {
      return -1;
    }
    int end = closingQuote(b, from + 1, to);
    if (end > from + 1 && !isDash(b, from + 1, end)) {
      sink.put(name, b, from + 1, end);
    }
    return end < 0 ? -1 : end + 1;
  }

  private static int closingQuote(byte[] b, int from, int to) {
    int at = Bytes.indexOf(b, from, to, '"');
    while (at > from && isEscaped(b, from, at)) {
      at = Bytes.indexOf(b, at + 1, to, '"');
    }
    return at;
  }

  private static boolean isEscaped(byte[] b, int from, int at) {
    int backslashes = 0;
    while (at - backslashes > from && b[at - backslashes - 1] == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static boolean isDash(byte[] b, int from, int to) {
    return to - from == 1 && b[from] == '-';
  }
}
