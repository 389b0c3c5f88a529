package dev.logdash.core.parse;

/**
 * The logs of WebLogic ({@code ####<May 1, 2024 10:00:00,123 AM UTC> <Info> <Security> <host>
 * <server> <thread> <user> <> <> <1714557600123> <BEA-090905> <text>}, on the console without what
 * stands between subsystem and id) and of WebSphere in its basic format ({@code [5/1/24
 * 10:00:00:123 UTC] 00000001 WsServerImpl A WSVR0001I: text}).
 */
final class ApplicationServerParser implements LineFormat {

  private static final int MAX_CELLS = 16;
  private static final String TYPES = "FEWAICDORZ";
  private static final int[] SEVERITIES = {21, 17, 13, 10, 9, 9, 9, 9, 9, 9};

  @Override
  public String name() {
    return "application-server";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '#' || first == '<' || first == '[';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    return Bytes.at(b, from, to) == '['
        ? webSphere(b, from, to, sink)
        : webLogic(b, from, Bytes.trimEnd(b, from, to), sink);
  }

  private static boolean webLogic(byte[] b, int from, int to, FieldSink sink) {
    boolean server = Bytes.startsWith(b, from, to, "####<");
    int time = server ? from + 5 : from + 1;
    if (to - time < 24 || b[to - 1] != '>' || b[time - 1] != '<') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, time, to);
    int cell = timeEnd < 0 ? -1 : Bytes.indexOf(b, timeEnd, Math.min(to, timeEnd + 8), "> <");
    int level = cell + 3;
    int levelEnd = cell < 0 ? -1 : Bytes.indexOf(b, level, to, '>');
    int severity = levelEnd < 0 ? 0 : Severities.ofWord(b, level, levelEnd);
    int subsystem = levelEnd + 3;
    int subsystemEnd = severity == 0 ? -1 : Bytes.indexOf(b, subsystem, to, '>');
    int id = subsystemEnd < 0 ? -1 : Bytes.indexOf(b, subsystemEnd, to, "> <BEA-");
    int idEnd = id < 0 ? -1 : Bytes.indexOf(b, id + 3, to, '>');
    if (idEnd < 0 || !Bytes.startsWith(b, idEnd, to, "> <") || !isBetween(b, levelEnd, subsystem)) {
      return false;
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    sink.severity(severity, b, level, levelEnd);
    sink.put(Names.LOGGER, b, subsystem, subsystemEnd);
    sink.put("event.code", b, id + 3, idEnd);
    if (server) {
      server(b, subsystemEnd + 3, id, sink);
    }
    sink.message(b, idEnd + 3, to - 1);
    return true;
  }

  private static boolean isBetween(byte[] b, int levelEnd, int subsystem) {
    return b[levelEnd] == '>' && b[subsystem - 1] == '<';
  }

  /** Reads {@code host> <server> <thread> <user}, whose thread may have brackets of its own. */
  private static void server(byte[] b, int from, int to, FieldSink sink) {
    String[] names = {Names.HOST, "weblogic.server.name", Names.THREAD, Names.USER};
    int at = from;
    for (int cell = 0; cell < MAX_CELLS && at < to; cell++) {
      int end = Bytes.indexOf(b, at, to, "> <");
      int stop = end < 0 ? to : end;
      if (cell < names.length) {
        // Names of WebLogic's own users stand in double brackets.
        boolean own = stop - at > 2 && b[at] == '<' && b[stop - 1] == '>';
        sink.put(names[cell], b, own ? at + 1 : at, own ? stop - 1 : stop);
      }
      if (end < 0) {
        return;
      }
      at = end + 3;
    }
  }

  private static boolean webSphere(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.isDigit(Bytes.at(b, from + 1, to)) || to - from < 40) {
      return false;
    }
    // Elsewhere the year is first in such a date.
    int timeEnd =
        b[from + 3] == '/' && b[from + 6] == '/' && b[from + 9] == ' '
            ? sink.scratch.times.scanYearBehind(b, from + 1, to)
            : sink.scratch.times.scan(b, from + 1, to);
    int close = timeEnd < 0 ? -1 : Bytes.indexOf(b, timeEnd, Math.min(to, timeEnd + 8), ']');
    int thread = close + 2;
    int threadEnd = close < 0 ? -1 : Bytes.endOfWord(b, thread, to);
    int name = threadEnd + 1;
    // The name has 13 places, and a space behind it.
    int nameEnd = threadEnd < 0 ? -1 : Bytes.endOfWord(b, Math.min(name, to), to);
    int type = nameEnd < 0 ? -1 : Bytes.skipSpaces(b, nameEnd, to);
    int place = type < 0 || type >= to ? -1 : TYPES.indexOf(b[type]);
    if (place < 0
        || threadEnd - thread != 8
        || !isHex(b, thread, threadEnd)
        || !Bytes.isSpace(Bytes.at(b, type + 1, to))) {
      return false;
    }
    sink.scratch.times.deliver(b, from + 1, timeEnd, sink);
    sink.severity(SEVERITIES[place], b, type, type + 1);
    sink.put(Names.THREAD, b, thread, threadEnd);
    sink.put(Names.LOGGER, b, name, nameEnd);
    int text = Bytes.skipSpaces(b, type + 1, to);
    int code = Bytes.endOfWord(b, text, to);
    if (code - text >= 10 && b[code - 1] == ':' && Bytes.isDigit(b[code - 3])) {
      sink.put("event.code", b, text, code - 1);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static boolean isHex(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (Character.digit(b[at], 16) < 0) {
        return false;
      }
    }
    return true;
  }
}
