package dev.logdash.core.parse;

/**
 * Finds what a server of names was asked: BIND's {@code client @0x7f 10.0.0.1#50 (a.example):
 * query: a.example IN A +E(0)K (10.0.0.2)} and dnsmasq's {@code query[A] a.example from 10.0.0.1}.
 */
final class TextQueries {

  private TextQueries() {}

  /** Adds what the text tells, if it is such a line. */
  static void find(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.startsWith(b, from, to, "query[")) {
      int close = Bytes.indexOf(b, from, Math.min(to, from + 24), ']');
      int name = close + 2;
      int nameEnd = Bytes.endOfWord(b, Math.min(name, to), to);
      if (close > from + 6
          && Bytes.at(b, close + 1, to) == ' '
          && b[from + 6] >= 'A'
          && b[from + 6] <= 'Z'
          && LayoutWords.isUpperCase(b, from + 6, close)
          && Bytes.startsWith(b, nameEnd, to, " from ")) {
        sink.put("dns.question.name", b, name, nameEnd);
        sink.put("dns.question.type", b, from + 6, close);
      }
      return;
    }
    int query =
        Bytes.startsWith(b, from, to, "client ") ? Bytes.indexOf(b, from, to, ": query: ") : -1;
    if (query < 0) {
      return;
    }
    int name = query + 9;
    int nameEnd = Bytes.endOfWord(b, name, to);
    int kind = Math.min(nameEnd + 1, to);
    int kindEnd = Bytes.endOfWord(b, kind, to);
    int type = Math.min(kindEnd + 1, to);
    int typeEnd = Bytes.endOfWord(b, type, to);
    if (typeEnd == type || !LayoutWords.isUpperCase(b, kind, kindEnd)) {
      return;
    }
    sink.put("dns.question.name", b, name, nameEnd);
    sink.put("dns.question.class", b, kind, kindEnd);
    sink.put("dns.question.type", b, type, typeEnd);
    // The address that was asked ends the line, or a subnet of the client's does.
    int open = Bytes.indexOf(b, typeEnd, to, " (");
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, to, ')');
    if (close > 0) {
      Requests.ip(Names.DESTINATION_IP, b, open + 2, close, sink);
    }
  }
}
