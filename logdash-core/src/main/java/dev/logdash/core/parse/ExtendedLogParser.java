package dev.logdash.core.parse;

/**
 * Logs of W3C's extended format with their usual fields: those of IIS ({@code date time s-ip
 * cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) [cs(Referer)] sc-status
 * sc-substatus sc-win32-status [time-taken]}), of CloudFront (with tabs) and of the Windows
 * firewall ({@code date time action protocol src-ip dst-ip src-port dst-port size}). The message is
 * the whole line.
 */
final class ExtendedLogParser implements LineFormat {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final int LENGTH_OF_TIME = 19;

  @Override
  public String name() {
    return "w3c";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '-';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    byte separator = Bytes.at(b, from + 10, to);
    if (!Bytes.isSpace(separator)
        || Bytes.at(b, from + 4, to) != '-'
        || Bytes.at(b, from + LENGTH_OF_TIME, to) != separator) {
      return false;
    }
    Cells cells = sink.scratch.cells;
    int last = Bytes.trimEnd(b, from, to);
    boolean found =
        separator == '\t'
            ? cells.cut(b, from, last, '\t') >= 12 && distribution(b, from, cells, sink)
            : isUpperOrDigit(Bytes.at(b, from + LENGTH_OF_TIME + 1, to))
                && cells.cut(b, from, last, ' ') >= 12
                && (server(b, from, cells, sink) || firewall(b, from, cells, sink));
    if (!found) {
      sink.clear();
      return false;
    }
    sink.message(b, from, last);
    return true;
  }

  private static boolean time(byte[] b, int from, FieldSink sink) {
    int end = from + LENGTH_OF_TIME;
    if (b[from + 10] == ' ') {
      return sink.scratch.times.scanInto(b, from, end, sink) == end;
    }
    byte[] text = sink.scratch.bytes(LENGTH_OF_TIME);
    System.arraycopy(b, from, text, 0, LENGTH_OF_TIME);
    text[10] = ' ';
    sink.scratch.times.forget();
    if (sink.scratch.times.scan(text, 0, LENGTH_OF_TIME) != LENGTH_OF_TIME) {
      return false;
    }
    sink.scratch.times.deliver(b, from, end, sink);
    sink.scratch.times.forget();
    return true;
  }

  private static boolean server(byte[] b, int from, Cells cells, FieldSink sink) {
    // Where the site is named, its name and that of the machine stand before the address.
    int ip = cells.isAddress(2) ? 2 : cells.isAddress(3) ? 3 : 4;
    int size = cells.size();
    boolean fits =
        cells.isAddress(ip)
            && isMethod(b, cells, ip + 1)
            && Bytes.at(b, cells.from(ip + 2), cells.to(ip + 2)) == '/'
            && cells.number(ip + 4) > 0
            && cells.isAddress(ip + 6);
    if (!fits || !time(b, from, sink)) {
      return false;
    }
    cells.address(ip + 6, Names.SOURCE_IP, sink);
    cells.address(ip, Names.DESTINATION_IP, sink);
    cells.number(ip + 4, Names.DESTINATION_PORT, sink);
    cells.method(ip + 1, sink);
    target(cells, ip + 2, ip + 3, sink);
    cells.text(ip + 5, Names.USER, sink);
    int next = ip + 7;
    if (next < size && Bytes.startsWith(b, cells.from(next), cells.to(next), "HTTP/")) {
      sink.put(Names.HTTP_VERSION, b, cells.from(next) + 5, cells.to(next));
      next++;
    }
    if (next < size && !cells.isNothing(next)) {
      // Spaces of the agent are written as plus signs.
      sink.put(Names.USER_AGENT, cells.string(next).replace('+', ' '));
    }
    int status = next + 1;
    while (status < size && cells.number(status) < 0) {
      status++;
    }
    if (status > next + 1 && cells.string(next + 1).startsWith("http")) {
      cells.text(next + 1, Names.REFERRER, sink);
    }
    cells.status(status, sink);
    // With both counts of bytes the time comes last of six.
    if (size >= status + 6) {
      cells.number(status + 3, Names.RESPONSE_BYTES, sink);
      cells.number(status + 4, Names.REQUEST_BYTES, sink);
      cells.duration(status + 5, MILLI, sink);
    } else {
      cells.duration(status + 3, MILLI, sink);
    }
    return true;
  }

  private static void target(Cells cells, int path, int query, FieldSink sink) {
    if (cells.isNothing(query)) {
      cells.url(path, sink);
    } else {
      Requests.url(cells.string(path) + '?' + cells.string(query), sink);
    }
  }

  private static boolean firewall(byte[] b, int from, Cells cells, FieldSink sink) {
    boolean action =
        cells.is(2, "DROP") || cells.is(2, "ALLOW") || cells.is(2, "OPEN") || cells.is(2, "CLOSE");
    if (!action || !cells.isAddress(4) || !cells.isAddress(5) || !time(b, from, sink)) {
      return false;
    }
    cells.text(2, "event.action", sink);
    cells.text(3, Names.TRANSPORT, sink);
    cells.address(4, Names.SOURCE_IP, sink);
    cells.address(5, Names.DESTINATION_IP, sink);
    cells.number(6, Names.SOURCE_PORT, sink);
    cells.number(7, Names.DESTINATION_PORT, sink);
    return true;
  }

  private static boolean distribution(byte[] b, int from, Cells cells, FieldSink sink) {
    if (!cells.isAddress(4) || !isMethod(b, cells, 5) || !time(b, from, sink)) {
      return false;
    }
    cells.number(3, Names.RESPONSE_BYTES, sink);
    cells.address(4, Names.SOURCE_IP, sink);
    cells.method(5, sink);
    cells.text(6, Names.DESTINATION_DOMAIN, sink);
    target(cells, 7, 11, sink);
    cells.status(8, sink);
    cells.text(9, Names.REFERRER, sink);
    cells.text(10, Names.USER_AGENT, sink);
    cells.number(17, Names.REQUEST_BYTES, sink);
    cells.duration(18, SECOND, sink);
    return true;
  }

  private static boolean isMethod(byte[] b, Cells cells, int cell) {
    int from = cells.from(cell);
    int to = cells.to(cell);
    return to - from >= 3
        && to - from <= 20
        && LayoutWords.isUpperCase(b, from, to)
        && Bytes.isLetter(b[from]);
  }

  private static boolean isUpperOrDigit(byte c) {
    return Bytes.isDigit(c) || (c >= 'A' && c <= 'Z') || c == ':' || (c >= 'a' && c <= 'f');
  }
}
