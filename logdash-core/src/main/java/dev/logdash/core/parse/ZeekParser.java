package dev.logdash.core.parse;

/**
 * Logs of Zeek (once Bro) with tabs: a time, an id and the ends of a connection, then what the kind
 * of log adds. The kinds {@code conn}, {@code dns} and {@code http} are told apart by their cells.
 * The message is the whole line.
 */
final class ZeekParser implements LineFormat {

  private static final String NOTHING = "(empty)";

  @Override
  public String name() {
    return "zeek";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 10, to) != '.' || !Bytes.allDigits(b, from, from + 10)) {
      return false;
    }
    Cells cells = sink.scratch.cells;
    int size = cells.cut(b, from, to, '\t');
    if (size < 7
        || !cells.isAddress(2)
        || cells.number(3) < 0
        || !cells.isAddress(4)
        || cells.number(5) < 0
        || sink.scratch.times.scanEpoch(b, cells.from(0), cells.to(0)) != cells.to(0)) {
      return false;
    }
    sink.scratch.times.deliver(b, cells.from(0), cells.to(0), sink);
    cells.text(1, "zeek.session_id", sink);
    cells.address(2, Names.SOURCE_IP, sink);
    cells.number(3, Names.SOURCE_PORT, sink);
    cells.address(4, Names.DESTINATION_IP, sink);
    cells.number(5, Names.DESTINATION_PORT, sink);
    if (cells.number(6) >= 0) {
      http(size, cells, sink);
    } else if (cells.is(6, "tcp") || cells.is(6, "udp") || cells.is(6, "icmp")) {
      cells.text(6, Names.TRANSPORT, sink);
      // A log of connections has the state of the connection where one of queries has a class.
      if (isState(cells)) {
        cells.text(7, Names.PROTOCOL, sink);
        cells.duration(8, 1_000_000_000L, sink);
        cells.number(9, "source.bytes", sink);
        cells.number(10, "destination.bytes", sink);
        cells.text(11, "zeek.connection.state", sink);
      } else if (size > 15) {
        int query = cells.number(8) < 0 && !cells.isNothing(8) && !isDecimal(b, cells) ? 8 : 9;
        cells.text(query, "dns.question.name", sink);
      }
    }
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  private static boolean isDecimal(byte[] b, Cells cells) {
    int end = Bytes.endOfDigits(b, cells.from(8), cells.to(8));
    return end > cells.from(8) && Bytes.at(b, end, cells.to(8)) == '.';
  }

  private static boolean isState(Cells cells) {
    int length = cells.to(11) - cells.from(11);
    return length >= 2
        && length <= 6
        && (cells.is(11, "SF")
            || cells.is(11, "OTH")
            || cells.is(11, "REJ")
            || cells.is(11, "S0")
            || cells.is(11, "S1")
            || cells.is(11, "S2")
            || cells.is(11, "S3")
            || cells.string(11).startsWith("RST")
            || cells.string(11).startsWith("SH"));
  }

  private static void http(int size, Cells cells, FieldSink sink) {
    if (size < 24) {
      return;
    }
    cells.method(7, sink);
    cells.text(8, Names.DESTINATION_DOMAIN, sink);
    cells.url(9, sink);
    cells.text(10, Names.REFERRER, sink);
    // Since 2.5 the version stands before the agent, and later the origin behind it.
    int agent = cells.number(12) >= 0 && cells.number(13) >= 0 ? 11 : 12;
    if (agent == 12) {
      cells.text(11, Names.HTTP_VERSION, sink);
    }
    cells.text(agent, Names.USER_AGENT, sink);
    int bytes = cells.number(agent + 1) >= 0 ? agent + 1 : agent + 2;
    cells.number(bytes, Names.REQUEST_BYTES, sink);
    cells.number(bytes + 1, Names.RESPONSE_BYTES, sink);
    cells.status(bytes + 2, sink);
    // The files come last: ids and types of requests, then of responses.
    boolean names = size > bytes + 15;
    int types = names ? size - 4 : size - 3;
    mime(types, "http.request.mime_type", cells, sink);
    mime(size - 1, "http.response.mime_type", cells, sink);
    if (!cells.is(bytes + 8, NOTHING)) {
      cells.text(agent == 11 ? bytes + 8 : bytes + 7, Names.USER, sink);
    }
  }

  private static void mime(int cell, String name, Cells cells, FieldSink sink) {
    if (cells.string(cell).indexOf('/') > 0) {
      cells.text(cell, name, sink);
    }
  }
}
