package dev.logdash.core.parse;

/**
 * The log of Nagios: {@code [1427956600] SERVICE ALERT: web-1;SSH;CRITICAL;HARD;3;text}. The
 * message is what the check said; of other lines, all behind the time.
 */
final class NagiosParser implements LineFormat {

  private static final int LONGEST_KIND = 64;

  @Override
  public String name() {
    return "nagios";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int kind = from + 13;
    if (!Bytes.startsWith(b, from + 11, to, "] ")
        || !Bytes.allDigits(b, from + 1, from + 11)
        || !Bytes.isLetter(Bytes.at(b, kind, to))) {
      return false;
    }
    int colon = Bytes.indexOf(b, kind, Math.min(to, kind + LONGEST_KIND), ':');
    if (colon < 0 || !isKind(b, kind, colon) || Bytes.at(b, colon + 1, to) != ' ') {
      return false;
    }
    int last = Bytes.trimEnd(b, colon, to);
    Cells cells = sink.scratch.cells;
    int size = cells.cut(b, colon + 2, last, ';');
    boolean command = Bytes.equal(b, kind, colon, "EXTERNAL COMMAND");
    if (size < (command ? 2 : 3)) {
      return false;
    }
    sink.scratch.times.scanEpoch(b, from + 1, from + 11);
    sink.scratch.times.deliver(b, from + 1, from + 11, sink);
    sink.put("nagios.log.type", b, kind, colon);
    boolean service =
        Bytes.startsWith(b, kind, to, "SERVICE")
            || Bytes.startsWith(b, kind, to, "CURRENT SERVICE")
            || Bytes.startsWith(b, kind, to, "INITIAL SERVICE")
            || Bytes.startsWith(b, kind, to, "PASSIVE SERVICE");
    if (command) {
      command(cells, sink);
      sink.message(b, kind, last);
    } else if (Bytes.equal(b, kind, colon, "TIMEPERIOD TRANSITION")) {
      cells.text(0, Names.SERVICE, sink);
      sink.message(b, kind, last);
    } else if (endsWith(b, kind, colon, "NOTIFICATION")) {
      cells.text(0, Names.USER, sink);
      cells.text(1, Names.HOST, sink);
      if (service) {
        cells.text(2, Names.SERVICE, sink);
      }
      state(b, cells, service ? 3 : 2, sink);
      rest(b, cells, service ? 5 : 4, last, sink);
    } else {
      cells.text(0, Names.HOST, sink);
      if (service) {
        cells.text(1, Names.SERVICE, sink);
      }
      state(b, cells, service ? 2 : 1, sink);
      boolean attempts = cells.is(service ? 3 : 2, "HARD") || cells.is(service ? 3 : 2, "SOFT");
      rest(b, cells, attempts ? (service ? 5 : 4) : cells.size() - 1, last, sink);
    }
    return true;
  }

  private static void command(Cells cells, FieldSink sink) {
    cells.text(0, "event.action", sink);
    String name = cells.string(0);
    if (name.contains("HOST") || name.contains("SVC")) {
      cells.text(1, Names.HOST, sink);
    }
    if (name.contains("SVC_") || name.endsWith("_SVC") || name.contains("SERVICE_")) {
      cells.text(1, Names.HOST, sink);
      if (!name.contains("HOST_SVC")) {
        cells.text(2, Names.SERVICE, sink);
      }
    }
    // The author stands before the comment, which is last; the last may be empty.
    int last = cells.size() - 1;
    if (name.startsWith("SCHEDULE_") && name.endsWith("DOWNTIME")) {
      cells.text(name.contains("SVC") ? 8 : 7, Names.USER, sink);
    } else if (name.startsWith("ACKNOWLEDGE_") && last > 4) {
      cells.text(last - 1, Names.USER, sink);
    }
  }

  private static void state(byte[] b, Cells cells, int cell, FieldSink sink) {
    if (cell >= cells.size()) {
      return;
    }
    int severity =
        cells.is(cell, "OK") || cells.is(cell, "UP")
            ? 9
            : cells.is(cell, "DOWN") || cells.is(cell, "UNREACHABLE")
                ? 17
                : cells.is(cell, "UNKNOWN")
                    ? 13
                    : Severities.ofWord(b, cells.from(cell), cells.to(cell));
    if (severity > 0) {
      sink.severity(severity, b, cells.from(cell), cells.to(cell));
    }
    cells.text(cell, "nagios.log.state", sink);
  }

  private static void rest(byte[] b, Cells cells, int cell, int last, FieldSink sink) {
    int at = cell < cells.size() ? cells.from(cell) : last;
    sink.message(b, at, last);
  }

  private static boolean isKind(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (b[at] != ' ' && (b[at] < 'A' || b[at] > 'Z')) {
        return false;
      }
    }
    return to - from > 6;
  }

  private static boolean endsWith(byte[] b, int from, int to, String end) {
    return to - from >= end.length() && Bytes.startsWith(b, to - end.length(), to, end);
  }
}
