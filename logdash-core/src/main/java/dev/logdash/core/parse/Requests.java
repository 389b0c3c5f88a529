package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The parts of an HTTP request that lines of many formats have. */
final class Requests {

  private static final String[] METHODS = {
    "GET",
    "POST",
    "PUT",
    "HEAD",
    "DELETE",
    "OPTIONS",
    "PATCH",
    "CONNECT",
    "TRACE",
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "COPY",
    "MOVE",
    "LOCK",
    "UNLOCK",
    "REPORT",
    "SEARCH",
    "PURGE"
  };

  private Requests() {}

  /** Puts a method that is known or made of upper-case letters. */
  static boolean method(byte[] b, int from, int to, FieldSink sink) {
    if (!isMethod(b, from, to)) {
      return false;
    }
    for (String method : METHODS) {
      if (Bytes.equal(b, from, to, method)) {
        sink.put(Names.METHOD, method);
        return true;
      }
    }
    sink.put(Names.METHOD, b, from, to);
    return true;
  }

  private static boolean isMethod(byte[] b, int from, int to) {
    if (to - from < 3 || to - from > 20) {
      return false;
    }
    for (int at = from; at < to; at++) {
      if ((b[at] < 'A' || b[at] > 'Z') && b[at] != '_' && b[at] != '-') {
        return false;
      }
    }
    return true;
  }

  /** {@code GET /path?query HTTP/1.1}, the version may be missing. */
  static boolean line(byte[] b, int from, int to, FieldSink sink) {
    int space = Bytes.indexOf(b, from, to, ' ');
    if (space < 0 || !isMethod(b, from, space)) {
      return false;
    }
    int url = space + 1;
    int end = to;
    if (to - url > 9
        && b[to - 9] == ' '
        && Bytes.startsWith(b, to - 8, to, "HTTP/")
        && Bytes.isDigit(b[to - 3])) {
      sink.put(Names.HTTP_VERSION, version(b, to - 3, to));
      end = to - 9;
    } else if (to - url > 7 && Bytes.startsWith(b, to - 7, to, " HTTP/") && b[to - 1] >= '2') {
      sink.put(Names.HTTP_VERSION, b[to - 1] == '2' ? "2" : "3");
      end = to - 7;
    }
    if (end <= url || !url(b, url, end, sink)) {
      return false;
    }
    return method(b, from, space, sink);
  }

  private static String version(byte[] b, int from, int to) {
    if (b[from + 1] == '.' && b[from] == '1') {
      return b[from + 2] == '1' ? "1.1" : b[from + 2] == '0' ? "1.0" : "1";
    }
    return new String(b, from, to - from, UTF_8);
  }

  /** A URL or the target of a request, and its path and query. */
  static boolean url(byte[] b, int from, int to, FieldSink sink) {
    if (from >= to || (b[from] == '-' && to - from == 1)) {
      return false;
    }
    sink.put(Names.URL_ORIGINAL, b, from, to);
    int path = from;
    if (b[from] != '/') {
      int scheme = Bytes.indexOf(b, from, Math.min(to, from + 12), "://");
      path = scheme < 0 ? to : Bytes.indexOf(b, scheme + 3, to, '/');
    }
    if (path >= 0 && path < to) {
      int query = Bytes.indexOf(b, path, to, '?');
      if (query < 0) {
        sink.put(Names.URL_PATH, b, path, to);
      } else {
        sink.put(Names.URL_PATH, b, path, query);
        sink.put(Names.URL_QUERY, b, query + 1, to);
      }
    }
    return true;
  }

  /** As the other, for a text that is not in the record. */
  static boolean url(String text, FieldSink sink) {
    sink.put(Names.URL_ORIGINAL, text);
    if (text.startsWith("/")) {
      int query = text.indexOf('?');
      sink.put(Names.URL_PATH, query < 0 ? text : text.substring(0, query));
      if (query >= 0) {
        sink.put(Names.URL_QUERY, text.substring(query + 1));
      }
    }
    return !text.isEmpty();
  }

  /** The client: an address with or without a port, or a name. */
  static boolean address(byte[] b, int from, int to, FieldSink sink) {
    if (from >= to || (b[from] == '-' && to - from == 1)) {
      return from < to;
    }
    int start = b[from] == '[' ? from + 1 : from;
    int end = Addresses.end(b, start, to);
    int afterBracket = end > 0 && start > from && Bytes.at(b, end, to) == ']' ? end + 1 : end;
    if (end < 0 || (afterBracket < to && b[afterBracket] != ':')) {
      if (sink.contains(Names.SOURCE_ADDRESS) || !isHostName(b, from, to)) {
        return false;
      }
      sink.put(Names.SOURCE_ADDRESS, b, from, to);
      sink.put(Names.SOURCE_DOMAIN, b, from, to);
      return true;
    }
    if (sink.contains(Names.SOURCE_IP)) {
      return false;
    }
    sink.put(Names.SOURCE_IP, b, start, end);
    long port = afterBracket < to ? Bytes.number(b, afterBracket + 1, to) : -1;
    if (port >= 0) {
      sink.put(Names.SOURCE_PORT, port);
    }
    return true;
  }

  /** An address with or without a port, for the source or the destination; nothing else. */
  static boolean ip(String field, byte[] b, int from, int to, FieldSink sink) {
    int start = Bytes.at(b, from, to) == '[' ? from + 1 : from;
    int end = Addresses.end(b, start, to);
    int next = end > 0 && start > from && Bytes.at(b, end, to) == ']' ? end + 1 : end;
    if (end < 0 || sink.contains(field)) {
      return false;
    }
    long port = next < to && b[next] == ':' ? Bytes.number(b, next + 1, to) : -1;
    if (next < to && port < 0) {
      return false;
    }
    sink.put(field, b, start, end);
    if (port > 0) {
      boolean source = field.equals(Names.SOURCE_IP);
      sink.put(source ? Names.SOURCE_PORT : Names.DESTINATION_PORT, port);
    }
    return true;
  }

  static boolean isHostName(byte[] b, int from, int to) {
    if (to - from > 255) {
      return false;
    }
    for (int at = from; at < to; at++) {
      byte c = b[at];
      if (!Bytes.isLetter(c) && !Bytes.isDigit(c) && c != '.' && c != '-' && c != '_' && c != ':') {
        return false;
      }
    }
    return from < to;
  }
}
