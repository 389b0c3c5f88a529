package dev.logdash.core.parse;

/**
 * The log of PostgreSQL with the usual prefixes: {@code 2021-12-03 07:14:48.591 UTC [4913] ada@shop
 * LOG: text}, {@code ... [4913]: db=shop,user=ada LOG: text}. The name of a zone other than UTC has
 * no meaning.
 */
final class PostgresParser implements LineFormat {

  private static final int LONGEST_PREFIX = 256;

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = sink.scratch.times.scan(b, from, to);
    if (timeEnd < 0) {
      return false;
    }
    if (Bytes.at(b, timeEnd, to) == ':' && Bytes.isLetter(b[timeEnd - 1])) {
      return ofRemote(b, from, timeEnd, timeEnd, to, sink);
    }
    if (Bytes.at(b, timeEnd, to) != ' ') {
      return false;
    }
    int open = timeEnd + 1;
    while (open < to && b[open] >= 'A' && b[open] <= 'Z') {
      open++;
    }
    if (Bytes.at(b, open, to) == ':' && open > timeEnd + 1) {
      return ofRemote(b, from, timeEnd, open, to, sink);
    }
    open = Bytes.skipSpaces(b, open, to);
    int pidEnd = Bytes.endOfDigits(b, Math.min(open + 1, to), to);
    if (Bytes.at(b, open, to) != '[' || Bytes.number(b, open + 1, pidEnd) < 0) {
      return false;
    }
    int limit = Math.min(to, pidEnd + LONGEST_PREFIX);
    int colon = Bytes.indexOf(b, pidEnd, limit, ':');
    while (colon > 0) {
      int level = startOfWord(b, pidEnd, colon);
      boolean apart = b[level - 1] == ' ' && Bytes.at(b, colon + 1, to) == ' ';
      int severity = apart && isUpperCase(b, level, colon) ? severity(b, level, colon) : 0;
      if (severity > 0) {
        sink.scratch.times.deliver(b, from, timeEnd, sink);
        sink.severity(severity, b, level, colon);
        sink.put(Names.PID, Bytes.number(b, open + 1, pidEnd));
        prefix(b, pidEnd, level - 1, sink);
        int text = Bytes.skipSpaces(b, colon + 1, to);
        sink.message(b, text, Bytes.trimEnd(b, text, to));
        return true;
      }
      colon = Bytes.indexOf(b, colon + 1, limit, ':');
    }
    return false;
  }

  /** As in: 2020-03-10 03:54:59 UTC:10.0.0.1(52834):ada@shop:[20175]:ERROR: text */
  private static boolean ofRemote(
      byte[] b, int from, int timeEnd, int colon, int to, FieldSink sink) {
    int limit = Math.min(to, colon + LONGEST_PREFIX);
    int open = Bytes.indexOf(b, colon, limit, ":[");
    if (open == colon) {
      // The client is [local].
      open = Bytes.indexOf(b, colon + 1, limit, ":[");
    }
    int pid = open + 2;
    int pidEnd = open < 0 ? -1 : Bytes.endOfDigits(b, pid, to);
    int level = pidEnd + 2;
    int levelEnd =
        open > 0 && Bytes.startsWith(b, pidEnd, to, "]:")
            ? Bytes.indexOf(b, level, limit, ':')
            : -1;
    int severity = levelEnd < 0 ? 0 : severity(b, level, levelEnd);
    if (severity == 0 || Bytes.number(b, pid, pidEnd) < 0) {
      return false;
    }
    sink.scratch.times.scan(b, from, to);
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.severity(severity, b, level, levelEnd);
    sink.put(Names.PID, Bytes.number(b, pid, pidEnd));
    int host = Bytes.indexOf(b, colon + 1, open, '(');
    int client = host > 0 ? host : Math.max(colon + 1, Bytes.indexOf(b, colon + 1, open, ':'));
    if (Addresses.fills(b, colon + 1, client)) {
      sink.put(Names.SOURCE_IP, b, colon + 1, client);
      long port = host > 0 ? Bytes.number(b, host + 1, Bytes.endOfDigits(b, host + 1, open)) : -1;
      if (port > 0) {
        sink.put(Names.SOURCE_PORT, port);
      }
    }
    int user = open;
    while (user > colon + 1 && b[user - 1] != ':') {
      user--;
    }
    prefix(b, user, open, sink);
    int text = Bytes.skipSpaces(b, levelEnd + 1, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static int startOfWord(byte[] b, int from, int to) {
    int at = to;
    while (at > from && (Bytes.isLetter(b[at - 1]) || Bytes.isDigit(b[at - 1]) || b[at - 1] < 0)) {
      at--;
    }
    return at;
  }

  private static boolean isUpperCase(byte[] b, int from, int to) {
    return from < to && LayoutWords.isUpperCase(b, from, to);
  }

  private static int severity(byte[] b, int from, int to) {
    int severity = Severities.ofWord(b, from, to);
    return severity > 0 ? severity : LocalSeverities.ofPart(b, from, to);
  }

  /** Reads user and database, be it {@code ada@shop} or pairs. */
  private static void prefix(byte[] b, int from, int to, FieldSink sink) {
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && !Bytes.isSpace(b[end]) && b[end] != ',') {
        end++;
      }
      int sign = Bytes.indexOf(b, at, end, '=');
      if (sign > 0) {
        String name =
            Bytes.equal(b, at, sign, "user")
                ? Names.USER
                : Bytes.equal(b, at, sign, "db") ? "postgresql.log.database" : "";
        if (Bytes.equal(b, at, sign, "client") || Bytes.equal(b, at, sign, "host")) {
          Requests.ip(Names.SOURCE_IP, b, sign + 1, end, sink);
        }
        sink.put(name, b, sign + 1, end);
      } else if ((sign = Bytes.indexOf(b, at, end, '@')) > at) {
        sink.put(Names.USER, b, at, sign);
        sink.put("postgresql.log.database", b, sign + 1, end);
      }
      at = end + 1;
    }
  }
}
