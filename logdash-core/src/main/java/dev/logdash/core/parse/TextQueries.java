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
    if (Bytes.startsWith(b, from, to, "[INFO] ")) {
      coreDns(b, from + 7, to, sink);
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

  /**
   * Reads {@code 10.0.0.1:40000 - 4711 "A IN a.example. udp 33 false 512" NOERROR qr,rd 80
   * 0.0013s}.
   */
  private static void coreDns(byte[] b, int from, int to, FieldSink sink) {
    int client = Bytes.endOfWord(b, from, to);
    int open = Bytes.indexOf(b, client, Math.min(to, client + 24), '"');
    int close = open < 0 ? -1 : Bytes.indexOf(b, open + 1, to, '"');
    int type = open + 1;
    int typeEnd = close < 0 ? type : Bytes.endOfWord(b, type, close);
    int kindEnd = close < 0 ? -1 : Bytes.endOfWord(b, Math.min(typeEnd + 1, close), close);
    if (!Bytes.startsWith(b, client, to, " - ")
        || kindEnd <= typeEnd + 1
        || !Bytes.equal(b, typeEnd + 1, kindEnd, "IN")
        || !Requests.ip(Names.SOURCE_IP, b, from, client, sink)) {
      return;
    }
    int name = Math.min(kindEnd + 1, close);
    int nameEnd = Bytes.endOfWord(b, name, close);
    sink.put("dns.question.type", b, type, typeEnd);
    sink.put("dns.question.class", b, typeEnd + 1, kindEnd);
    if (nameEnd > name) {
      sink.put(
          "dns.question.name",
          b,
          name,
          nameEnd > name + 1 && b[nameEnd - 1] == '.' ? nameEnd - 1 : nameEnd);
    }
    int transport = Math.min(nameEnd + 1, close);
    int transportEnd = Bytes.endOfWord(b, transport, close);
    if (transportEnd > transport) {
      sink.put(Names.TRANSPORT, b, transport, transportEnd);
    }
    int code = Math.min(close + 2, to);
    int codeEnd = Bytes.endOfWord(b, code, to);
    if (codeEnd > code) {
      sink.put("dns.response_code", b, code, codeEnd);
    }
    int last = to;
    while (last > codeEnd && !Bytes.isSpace(b[last - 1])) {
      last--;
    }
    Durations.text(0, b, last, to, sink);
  }
}
