package dev.logdash.core.parse;

/**
 * MySQL's log of all statements ({@code 2025-08-15T14:04:36.592691Z 10 Query select 1}, with a tab
 * in front of the number and of the statement) and its log of slow ones, whose records begin with
 * {@code # Time:} or {@code # User@Host:} and have several lines.
 */
final class MysqlQueryParser implements LineFormat {

  private static final String TIME = "# Time: ";
  private static final String USER = "# User@Host: ";
  private static final String QUERY_TIME = "Query_time: ";
  private static final long SECOND = 1_000_000_000L;
  private static final String[] COMMANDS = {
    "Query",
    "Connect",
    "Quit",
    "Init DB",
    "Execute",
    "Prepare",
    "Close stmt",
    "Field List",
    "Statistics",
    "Ping",
    "Change user",
    "Reset stmt",
    "Binlog Dump",
    "Register Slave",
    "Sleep",
    "Shutdown",
    "Refresh",
    "Fetch",
    "Long Data",
    "Create DB",
    "Drop DB",
    "Kill",
    "Debug"
  };

  @Override
  public String name() {
    return "mysql-query";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '#' || Bytes.isDigit(first);
  }

  @Override
  public boolean spansLines() {
    return true;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from, to) == '#') {
      return slow(b, from, to, sink);
    }
    if (Bytes.at(b, from + 10, to) != 'T') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from, to);
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != '\t') {
      return false;
    }
    int thread = Bytes.skipSpaces(b, timeEnd, to);
    int threadEnd = Bytes.endOfDigits(b, thread, to);
    if (threadEnd == thread || Bytes.at(b, threadEnd, to) != ' ') {
      return false;
    }
    int command = threadEnd + 1;
    int tab = Bytes.indexOf(b, command, Math.min(to, command + 24), '\t');
    int commandEnd = Bytes.trimEnd(b, command, tab < 0 ? Math.min(to, command + 24) : tab);
    if (!isCommand(b, command, commandEnd)) {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    long number = Bytes.number(b, thread, threadEnd);
    if (number >= 0) {
      sink.put(Names.THREAD_ID, number);
    }
    sink.put("mysql.command", b, command, commandEnd);
    int text = tab < 0 ? commandEnd : tab + 1;
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static boolean isCommand(byte[] b, int from, int to) {
    for (String command : COMMANDS) {
      if (Bytes.equal(b, from, to, command)) {
        return true;
      }
    }
    return false;
  }

  private static boolean slow(byte[] b, int from, int to, FieldSink sink) {
    boolean timed = Bytes.startsWith(b, from, to, TIME);
    if (!timed && !Bytes.startsWith(b, from, to, USER)) {
      return false;
    }
    if (timed) {
      int time = from + TIME.length();
      if (sink.scratch.times.scanInto(b, time, to, sink) < 0) {
        return false;
      }
    }
    int at = from;
    while (at < to && b[at] == '#') {
      int end = Records.endOfFirstLine(b, at, to);
      if (Bytes.startsWith(b, at, end, USER)) {
        user(b, at + USER.length(), end, sink);
      }
      int duration = Bytes.indexOf(b, at, end, QUERY_TIME);
      if (duration > 0) {
        int value = duration + QUERY_TIME.length();
        Durations.text(SECOND, b, value, Bytes.endOfWord(b, value, end), sink);
      }
      at = Math.min(to, end + 1);
    }
    int last = Bytes.trimEnd(b, from, to);
    sink.message(b, at < last ? at : from, last);
    return true;
  }

  /** Reads {@code ada[ada] @ host [10.0.0.1] Id: 8}. */
  private static void user(byte[] b, int from, int to, FieldSink sink) {
    int bracket = Bytes.indexOf(b, from, to, '[');
    if (bracket > from) {
      sink.put(Names.USER, b, from, bracket);
    }
    int at = bracket < 0 ? -1 : Bytes.indexOf(b, bracket, to, " @ ");
    int open = at < 0 ? -1 : Bytes.indexOf(b, at, to, '[');
    int close = open < 0 ? -1 : Bytes.indexOf(b, open, to, ']');
    if (close > open + 1) {
      Requests.ip(Names.SOURCE_IP, b, open + 1, close, sink);
    }
    int id = Bytes.indexOf(b, from, to, "Id: ");
    if (id > 0) {
      int number = Bytes.skipSpaces(b, id + 4, to);
      long value = Bytes.number(b, number, Bytes.endOfDigits(b, number, to));
      if (value >= 0) {
        sink.put(Names.THREAD_ID, value);
      }
    }
  }
}
