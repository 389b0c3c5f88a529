package dev.logdash.core.parse;

/**
 * Programs that write few fixed cells before their text: Windows' servicing stack ({@code
 * 2024-05-01 10:00:00, Info CBS text}), Proxifier ({@code [05.01 10:00:00] shop.exe - text}),
 * HealthApp ({@code 20240501-22:15:29:606|Steps|42|text}), Bacula ({@code 07-Jun 14:40 backup-dir
 * JobId 1: text}) and SQL Server ({@code 2024-05-01 10:00:00.12 spid5s text}).
 */
final class CellTextParser implements LineFormat {

  private static final int LONGEST_NAME = 128;
  private static final long MINUTE = 60_000_000_000L;

  @Override
  public String name() {
    return "cells";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[' || Bytes.isDigit(first);
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (NestLog.is(b, from, to)) {
      return NestLog.parse(b, from, to, sink);
    }
    if (Bytes.at(b, from, to) == '[') {
      return proxifier(b, from, to, sink);
    }
    if (Bytes.at(b, from + 8, to) == '-' && Bytes.allDigits(b, from, from + 8)) {
      return bars(b, from, to, sink);
    }
    if (Bytes.at(b, from + 2, to) == '-' && Bytes.isLetter(Bytes.at(b, from + 3, to))) {
      return bacula(b, from, to, sink);
    }
    if (Bytes.at(b, from + 19, to) == '.' && Bytes.at(b, from + 22, to) == ' ') {
      return sqlServer(b, from, to, sink);
    }
    return Bytes.startsWith(b, Math.min(to, from + 19), to, ", ") && servicing(b, from, to, sink);
  }

  private static boolean servicing(byte[] b, int from, int to, FieldSink sink) {
    int level = from + 21;
    int levelEnd = Bytes.endOfWord(b, level, to);
    int component = Bytes.skipSpaces(b, levelEnd, to);
    int componentEnd = Bytes.endOfWord(b, component, to);
    int text = Bytes.skipSpaces(b, componentEnd, to);
    int severity = Severities.ofWord(b, level, levelEnd);
    if (severity == 0
        || component - levelEnd < 4
        || text - componentEnd < 4
        || sink.scratch.times.scan(b, from, to) != from + 19) {
      return false;
    }
    sink.scratch.times.deliver(b, from, from + 19, sink);
    sink.severity(severity, b, level, levelEnd);
    sink.put(Names.LOGGER, b, component, componentEnd);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Reads the source, which has 12 places, and of an error its number. */
  private static boolean sqlServer(byte[] b, int from, int to, FieldSink sink) {
    int source = from + 23;
    int sourceEnd = Bytes.endOfWord(b, source, Math.min(to, source + 13));
    int text = source + 12;
    if (text >= to
        || sourceEnd >= text
        || Bytes.skipSpaces(b, sourceEnd, to) != text
        || sink.scratch.times.scan(b, from, to) != from + 22) {
      return false;
    }
    boolean session = Bytes.startsWith(b, source, sourceEnd, "spid");
    if (!session
        && !Bytes.equal(b, source, sourceEnd, "Logon")
        && !Bytes.equal(b, source, sourceEnd, "Server")
        && !Bytes.equal(b, source, sourceEnd, "Backup")) {
      return false;
    }
    boolean error = Bytes.startsWith(b, text, to, "Error: ") && isDigitAt(b, text + 7, to);
    if (!error && beginsWithLevel(b, text, to)) {
      return false;
    }
    sink.scratch.times.deliver(b, from, from + 22, sink);
    sink.put(Names.LOGGER, b, source, sourceEnd);
    if (error) {
      sink.put(Names.ERROR_CODE, b, text + 7, Bytes.endOfDigits(b, text + 7, to));
      sink.severity(17, b, text, text + 5);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static boolean isDigitAt(byte[] b, int at, int to) {
    return Bytes.isDigit(Bytes.at(b, at, to));
  }

  /** Whether a level stands here, as a layout has it behind its logger. */
  private static boolean beginsWithLevel(byte[] b, int from, int to) {
    int word = "[(<".indexOf(b[from]) >= 0 ? from + 1 : from;
    int end = word;
    while (end < to && Bytes.isLetter(b[end])) {
      end++;
    }
    return Severities.ofWord(b, word, end) > 0;
  }

  private static boolean proxifier(byte[] b, int from, int to, FieldSink sink) {
    // As in: [05.01 10:00:00]
    if (Bytes.at(b, from + 3, to) != '.'
        || Bytes.at(b, from + 6, to) != ' '
        || !Bytes.startsWith(b, Math.min(to, from + 15), to, "] ")) {
      return false;
    }
    int month = Dates.two(b, from + 1);
    int day = Dates.two(b, from + 4);
    int timeEnd = sink.scratch.times.scanTimeOfDay(b, from + 7, to);
    int program = from + 17;
    int dash = Bytes.indexOf(b, program, Math.min(to, program + LONGEST_NAME), " - ");
    if (timeEnd != from + 15 || dash < 0 || !Dates.isDate(DateNotations.ANY_YEAR, month, day)) {
      return false;
    }
    long days = Dates.epochDay(DateNotations.ANY_YEAR, month, day);
    sink.timestampOfAnyYear(
        days * 1_440 * MINUTE + sink.scratch.times.nanos(), b, from + 1, timeEnd);
    // Programs of 64 bits are marked behind their name.
    int nameEnd = Bytes.startsWith(b, dash - 4, dash, " *64") ? dash - 4 : dash;
    sink.put(Names.PROCESS, b, program, nameEnd);
    sink.message(b, dash + 3, Bytes.trimEnd(b, dash + 3, to));
    return true;
  }

  private static boolean bars(byte[] b, int from, int to, FieldSink sink) {
    int clock = from + 9;
    int bar = Bytes.indexOf(b, clock, Math.min(to, clock + 16), '|');
    int second = bar < 0 ? -1 : Bytes.indexOf(b, bar + 1, Math.min(to, bar + LONGEST_NAME), '|');
    int third = second < 0 ? -1 : Bytes.indexOf(b, second + 1, to, '|');
    if (third < 0 || Bytes.number(b, second + 1, third) < 0) {
      return false;
    }
    long nanos = clock(b, clock, bar);
    int year = Dates.four(b, from);
    int month = Dates.two(b, from + 4);
    int day = Dates.two(b, from + 6);
    if (nanos < 0 || !Dates.isDate(year, month, day) || year < 1970 || year > 2261) {
      return false;
    }
    sink.timestamp(Dates.epochDay(year, month, day) * 1_440 * MINUTE + nanos, true, b, from, bar);
    sink.put(Names.LOGGER, b, bar + 1, second);
    sink.put(Names.PID, Bytes.number(b, second + 1, third));
    sink.message(b, third + 1, Bytes.trimEnd(b, third + 1, to));
    return true;
  }

  /** Nanoseconds since midnight of {@code 0:5:9:606}, whose parts lack leading zeros; or -1. */
  private static long clock(byte[] b, int from, int to) {
    long[] most = {23, 59, 60, 999};
    long[] scale = {60 * MINUTE, MINUTE, 1_000_000_000L, 1_000_000L};
    long nanos = 0;
    int at = from;
    for (int part = 0; part < most.length; part++) {
      int end = Bytes.endOfDigits(b, at, to);
      long value = Bytes.number(b, at, end);
      boolean closed = part == most.length - 1 ? end == to : Bytes.at(b, end, to) == ':';
      if (value < 0 || value > most[part] || !closed) {
        return -1;
      }
      nanos += value * scale[part];
      at = end + 1;
    }
    return nanos;
  }

  private static boolean bacula(byte[] b, int from, int to, FieldSink sink) {
    // As in: 07-Jun 14:40
    int month = Dates.month(b, from + 3, to);
    int day = Dates.two(b, from);
    if (month < 0
        || Bytes.at(b, from + 6, to) != ' '
        || Bytes.at(b, from + 9, to) != ':'
        || Bytes.at(b, from + 12, to) != ' '
        || !Dates.isDate(DateNotations.ANY_YEAR, month, day)) {
      return false;
    }
    int hour = Dates.two(b, from + 7);
    int minute = Dates.two(b, from + 10);
    int host = from + 13;
    int hostEnd = Bytes.endOfWord(b, host, Math.min(to, host + LONGEST_NAME));
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || hostEnd >= to) {
      return false;
    }
    int text = hostEnd + 1;
    boolean job = Bytes.startsWith(b, text, to, "JobId ");
    int jobEnd = job ? Bytes.endOfDigits(b, text + 6, to) : text;
    boolean colon = b[hostEnd - 1] == ':';
    if (!colon && (!job || Bytes.at(b, jobEnd, to) != ':')) {
      return false;
    }
    long days = Dates.epochDay(DateNotations.ANY_YEAR, month, day);
    sink.timestampOfAnyYear((days * 1_440 + 60L * hour + minute) * MINUTE, b, from, from + 12);
    sink.put(Names.HOST, b, host, colon ? hostEnd - 1 : hostEnd);
    if (job && !colon) {
      long number = Bytes.number(b, text + 6, jobEnd);
      if (number >= 0) {
        sink.put("bacula.job.id", number);
      }
      text = Bytes.skipSpaces(b, jobEnd + 1, to);
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }
}
