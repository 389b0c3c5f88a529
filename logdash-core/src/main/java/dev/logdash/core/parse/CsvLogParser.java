package dev.logdash.core.parse;

/**
 * Logs whose cells are apart by commas and known by their order: PAN-OS (traffic, threat, system),
 * the packet filter of pfSense and OPNsense, the protocols of Exchange, and PostgreSQL's csvlog.
 */
final class CsvLogParser implements LineFormat {

  private static final String RULE = "rule.name";
  private static final String ACTION = "event.action";

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int comma = Bytes.indexOf(b, from, Math.min(to, from + 40), ',');
    if (comma < 0) {
      return false;
    }
    int last = Bytes.trimEnd(b, from, to);
    Cells cells = sink.scratch.cells;
    boolean found;
    if (Bytes.allDigits(b, from, comma) && comma - from < 6) {
      found =
          cells.cut(b, from, last, ',') > 10
              && (paloAlto(b, cells, sink) || packetFilter(cells, sink));
    } else if (sink.scratch.times.scan(b, from, to) != comma) {
      return false;
    } else if (Bytes.at(b, from + 10, to) == 'T') {
      found = cells.cut(b, from, last, ',') > 6 && exchange(b, cells, sink);
    } else {
      found = cells.cut(b, from, last, ',') > 13 && postgres(b, cells, sink);
    }
    if (!found) {
      sink.clear();
      return false;
    }
    sink.message(b, from, last);
    return true;
  }

  private static boolean paloAlto(byte[] b, Cells cells, FieldSink sink) {
    boolean session = cells.is(3, "TRAFFIC") || cells.is(3, "THREAT");
    if ((!session && !cells.is(3, "SYSTEM") && !cells.is(3, "CONFIG"))
        || cells.number(2) < 0
        || !cells.time(6, sink)) {
      return false;
    }
    cells.text(2, "observer.serial_number", sink);
    cells.text(3, "panw.panos.type", sink);
    cells.text(4, "panw.panos.sub_type", sink);
    if (session) {
      cells.address(7, Names.SOURCE_IP, sink);
      cells.address(8, Names.DESTINATION_IP, sink);
      cells.text(11, RULE, sink);
      cells.text(12, Names.USER, sink);
      cells.text(14, "network.application", sink);
      cells.number(24, Names.SOURCE_PORT, sink);
      cells.number(25, Names.DESTINATION_PORT, sink);
      cells.text(29, Names.TRANSPORT, sink);
      cells.text(30, ACTION, sink);
    }
    int severity = cells.is(3, "THREAT") ? 34 : cells.is(3, "SYSTEM") ? 13 : -1;
    if (severity > 0 && severity < cells.size()) {
      severity(b, cells.from(severity), cells.to(severity), sink);
    }
    return true;
  }

  /** The five severities of PAN-OS; critical and informational are words of everybody. */
  private static void severity(byte[] b, int from, int to, FieldSink sink) {
    int number = Severities.ofWord(b, from, to);
    if (number == 0) {
      number =
          Bytes.equal(b, from, to, "high")
              ? 17
              : Bytes.equal(b, from, to, "medium") ? 13 : Bytes.equal(b, from, to, "low") ? 10 : 0;
    }
    if (number > 0) {
      sink.severity(number, b, from, to);
    }
  }

  private static boolean packetFilter(Cells cells, FieldSink sink) {
    boolean four = cells.is(8, "4");
    if ((!four && !cells.is(8, "6"))
        || (!cells.is(7, "in") && !cells.is(7, "out"))
        || cells.isNothing(6)) {
      return false;
    }
    int source = four ? 18 : 15;
    if (!cells.isAddress(source) || !cells.isAddress(source + 1)) {
      return false;
    }
    cells.text(0, "rule.id", sink);
    cells.text(4, "observer.ingress.interface.name", sink);
    cells.text(5, "event.reason", sink);
    cells.text(6, ACTION, sink);
    cells.text(7, "network.direction", sink);
    cells.text(four ? 16 : 12, Names.TRANSPORT, sink);
    cells.number(four ? 17 : 14, "network.bytes", sink);
    cells.address(source, Names.SOURCE_IP, sink);
    cells.address(source + 1, Names.DESTINATION_IP, sink);
    if (cells.is(four ? 16 : 12, "tcp") || cells.is(four ? 16 : 12, "udp")) {
      cells.number(source + 2, Names.SOURCE_PORT, sink);
      cells.number(source + 3, Names.DESTINATION_PORT, sink);
    }
    return true;
  }

  /** POP and IMAP have the ends of the connection in cells 3 and 4, SMTP in 4 and 5. */
  private static boolean exchange(byte[] b, Cells cells, FieldSink sink) {
    int local = isEndpoint(b, cells, 3) ? 3 : 4;
    if (!isEndpoint(b, cells, local)
        || !isEndpoint(b, cells, local + 1)
        || cells.number(local - 1) < 0
        || !cells.time(0, sink)) {
      return false;
    }
    cells.address(local + 1, Names.SOURCE_IP, sink);
    cells.address(local, Names.DESTINATION_IP, sink);
    cells.text(local - 2, "exchange.session_id", sink);
    if (local == 3) {
      cells.text(5, Names.USER, sink);
      cells.text(9, ACTION, sink);
    }
    return true;
  }

  private static boolean isEndpoint(byte[] b, Cells cells, int cell) {
    int from = cells.from(cell);
    int start = Bytes.at(b, from, cells.to(cell)) == '[' ? from + 1 : from;
    return cell < cells.size() && Addresses.end(b, start, cells.to(cell)) > 0;
  }

  private static boolean postgres(byte[] b, Cells cells, FieldSink sink) {
    int severity = Severities.ofWord(b, cells.from(11), cells.to(11));
    if (severity == 0
        || cells.number(3) < 0
        || sink.scratch.times.scanInto(b, cells.from(0), cells.to(0), sink) < 0) {
      return false;
    }
    sink.severity(severity, b, cells.from(11), cells.to(11));
    cells.text(1, Names.USER, sink);
    cells.text(2, "postgresql.log.database", sink);
    cells.number(3, Names.PID, sink);
    cells.address(4, Names.SOURCE_IP, sink);
    cells.text(5, "postgresql.log.session_id", sink);
    cells.text(7, "postgresql.log.command_tag", sink);
    cells.text(12, "postgresql.log.sql_state_code", sink);
    sink.message(cells.string(13).replace("\"\"", "\""));
    return true;
  }
}
