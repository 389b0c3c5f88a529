package dev.logdash.core.parse;

/**
 * Access logs of web servers: common and combined, with or without the virtual host in front, and
 * with further fields behind. The message is the whole line, so that any part of it that a person
 * looks for is found; the severity follows from the status: below 400 info, below 500 warn, else
 * error. Of a list of proxies the client is the first address that is public, else the first.
 */
final class AccessParser implements LineFormat {

  // The names in front are short; the rest of a long line need not be searched.
  private static final int LONGEST_FRONT = 1_024;
  private static final int SHORTEST_TIME = 19;
  private static final int LONGEST_TIME = 40;

  @Override
  public String name() {
    return "access";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first > ' ' && first != '<' && first != '{' && first != '[';
  }

  @Override
  public boolean excludesHigherRanks(byte[] b, int from, int to) {
    return true;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int open = openingBracket(b, from, to);
    if (open < 0) {
      return false;
    }
    int close = Bytes.indexOf(b, open, to, ']');
    if (sink.scratch.times.scan(b, from, to) >= 0
        || sink.scratch.times.scanInto(b, open + 1, close, sink) != close
        || !HttpExchange.read(b, close + 1, to, sink)
        || !client(b, from, open - 1, sink)) {
      sink.clear();
      return false;
    }
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  /** Finds {@code [10/Oct/2000:13:55:36 -0700] "} behind the names that begin the line. */
  private static int openingBracket(byte[] b, int from, int to) {
    int limit = Math.min(to, from + LONGEST_FRONT);
    for (int at = from; at < limit; at++) {
      at = Bytes.indexOf(b, at, limit, '[');
      if (at < 0) {
        return -1;
      }
      if (at > from && b[at - 1] == ' ' && Bytes.isDigit(Bytes.at(b, at + 1, to))) {
        int close =
            Bytes.indexOf(
                b, Math.min(at + SHORTEST_TIME, to), Math.min(to, at + LONGEST_TIME), ']');
        if (close > 0 && Bytes.startsWith(b, close + 1, to, " \"")) {
          return at;
        }
      }
    }
    return -1;
  }

  /** Reads {@code host ident user}, which may follow a virtual host. */
  private static boolean client(byte[] b, int from, int to, FieldSink sink) {
    int at = virtualHost(b, from, to, sink);
    int end = Bytes.endOfWord(b, at, to);
    int listEnd = end;
    while (listEnd > at && listEnd < to && b[listEnd - 1] == ',') {
      listEnd = Bytes.endOfWord(b, listEnd + 1, to);
    }
    if (listEnd > end) {
      if (!listOfProxies(b, at, listEnd, sink)) {
        return false;
      }
      // A further address behind the list is that of the last proxy.
      int next = Math.min(listEnd + 1, to);
      int nextEnd = Bytes.endOfWord(b, next, to);
      end = Addresses.fills(b, next, nextEnd) ? nextEnd : listEnd;
    } else if (Addresses.fills(b, at, end)) {
      sink.put(Names.SOURCE_IP, b, at, end);
    } else if (!isHostName(b, at, end) || !Requests.address(b, at, end, sink)) {
      return false;
    }
    int user = Bytes.endOfWord(b, Math.min(end + 1, to), to) + 1;
    if (user > to) {
      return false;
    }
    if (!HttpExchange.isDash(b, user, to)) {
      sink.put(Names.USER, b, user, to);
    }
    return true;
  }

  private static boolean isHostName(byte[] b, int from, int to) {
    return Requests.isHostName(b, from, to) && Severities.ofWord(b, from, to) == 0;
  }

  /** Puts the host that was asked if an address follows it; returns where the client begins. */
  private static int virtualHost(byte[] b, int from, int to, FieldSink sink) {
    int end = Bytes.endOfWord(b, from, to);
    int next = Math.min(end + 1, to);
    int nextEnd = Bytes.endOfWord(b, next, to);
    int stop = nextEnd > next && b[nextEnd - 1] == ',' ? nextEnd - 1 : nextEnd;
    if (!Addresses.fills(b, next, stop) || end == from || b[end - 1] == ',') {
      return from;
    }
    int colon = Bytes.indexOf(b, from, end, ':');
    int host = colon > 0 && Bytes.allDigits(b, colon + 1, end) ? colon : end;
    boolean address = Addresses.fills(b, from, host);
    sink.put(address ? Names.DESTINATION_IP : Names.DESTINATION_DOMAIN, b, from, host);
    return next;
  }

  private static boolean listOfProxies(byte[] b, int from, int to, FieldSink sink) {
    int first = -1;
    int at = from;
    while (at < to) {
      int wordEnd = Bytes.endOfWord(b, at, to);
      int end = b[wordEnd - 1] == ',' ? wordEnd - 1 : wordEnd;
      boolean address = Addresses.fills(b, at, end);
      if (address && !Addresses.isPrivate(b, at, end)) {
        return Requests.address(b, at, end, sink);
      }
      first = address && first < 0 ? at : first;
      at = Math.min(wordEnd + 1, to);
    }
    return first >= 0 && Requests.address(b, first, Addresses.end(b, first, to), sink);
  }
}
