package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Syslog of RFC 5424. Structured data becomes fields {@code
 * log.syslog.structured_data.<id>.<name>}.
 */
final class Syslog5424Parser implements LineFormat {

  private static final byte[] DATA = Names.SYSLOG_DATA.getBytes(UTF_8);
  private static final int LONGEST_NAME = 200;

  @Override
  public String name() {
    return "syslog5424";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '<';
  }

  @Override
  public boolean excludesHigherRanks(byte[] b, int from, int to) {
    return true;
  }

  @Override
  public Layer layer() {
    return Layer.ENVELOPE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int start = SyslogPriority.end(b, from, to);
    if (start < 0) {
      return false;
    }
    int versionEnd = Bytes.endOfDigits(b, start, to);
    if (versionEnd == start
        || versionEnd - start > 3
        || b[start] == '0'
        || Bytes.at(b, versionEnd, to) != ' ') {
      return false;
    }
    int time = versionEnd + 1;
    int timeEnd = Bytes.endOfWord(b, time, to);
    if (isNil(b, time, timeEnd)) {
      timeEnd = time + 1;
    } else if (sink.scratch.times.scan(b, time, timeEnd) != timeEnd) {
      return false;
    } else {
      sink.scratch.times.deliver(b, time, timeEnd, sink);
    }
    SyslogPriority.put(b, from, start, sink);
    sink.put(Names.SYSLOG_VERSION, Bytes.number(b, start, versionEnd));
    int at = word(b, timeEnd, to, Names.HOST, sink);
    at = word(b, at, to, Names.PROCESS, sink);
    at = procId(b, at, to, sink);
    at = word(b, at, to, Names.SYSLOG_MESSAGE_ID, sink);
    if (at >= 0) {
      at = Bytes.at(b, at, to) == ' ' ? structuredData(b, at + 1, to, sink) : -1;
    }
    if (at < 0) {
      sink.clear();
      return false;
    }
    message(b, at, to, sink);
    return true;
  }

  private static void message(byte[] b, int from, int to, FieldSink sink) {
    int text = Bytes.skipSpaces(b, from, to);
    if (to - text >= 3
        && b[text] == (byte) 0xEF
        && b[text + 1] == (byte) 0xBB
        && b[text + 2] == (byte) 0xBF) {
      text += 3;
    }
    Formats.putText(b, text, to, sink);
  }

  /** Reads the word behind the space at {@code at}; returns its end, or -1. */
  private static int word(byte[] b, int at, int to, String name, FieldSink sink) {
    if (at < 0 || Bytes.at(b, at, to) != ' ') {
      return -1;
    }
    int end = Bytes.endOfWord(b, at + 1, to);
    if (end == at + 1) {
      return -1;
    }
    if (!isNil(b, at + 1, end)) {
      sink.put(name, b, at + 1, end);
    }
    return end;
  }

  private static int procId(byte[] b, int at, int to, FieldSink sink) {
    if (at >= 0 && at < to) {
      long pid = Bytes.number(b, at + 1, Bytes.endOfWord(b, at + 1, to));
      if (pid >= 0) {
        sink.put(Names.PID, pid);
        return Bytes.endOfDigits(b, at + 1, to);
      }
    }
    return word(b, at, to, "log.syslog.procid", sink);
  }

  private static int structuredData(byte[] b, int from, int to, FieldSink sink) {
    if (from >= to || b[from] != '[') {
      // Some senders leave out the dash of empty data.
      return isNil(b, from, Math.min(to, Bytes.endOfWord(b, from, to))) ? from + 1 : from;
    }
    int at = from;
    while (at < to && b[at] == '[') {
      at = element(b, at + 1, to, sink);
      if (at < 0) {
        return -1;
      }
    }
    return at;
  }

  private static int element(byte[] b, int from, int to, FieldSink sink) {
    int idEnd = from;
    while (idEnd < to && b[idEnd] != ' ' && b[idEnd] != ']' && b[idEnd] != '"') {
      idEnd++;
    }
    if (idEnd == from || idEnd >= to || b[idEnd] == '"') {
      return -1;
    }
    int at = Bytes.skipSpaces(b, idEnd, to);
    while (at < to && b[at] != ']') {
      int equals = Bytes.indexOf(b, at, to, '=');
      if (equals <= at || Bytes.endOfWord(b, at, equals) < equals) {
        return -1;
      }
      int quote = Bytes.skipSpaces(b, equals + 1, to);
      int end = quote < to && b[quote] == '"' ? closingQuote(b, quote + 1, to) : -1;
      if (end < 0 || !parameter(b, from, idEnd, at, equals, quote + 1, end, sink)) {
        return -1;
      }
      at = Bytes.skipSpaces(b, end + 1, to);
    }
    return at < to ? at + 1 : -1;
  }

  private static boolean parameter(
      byte[] b, int id, int idEnd, int name, int nameEnd, int value, int end, FieldSink sink) {
    int idLength = idEnd - id;
    int nameLength = nameEnd - name;
    if (idLength + nameLength > LONGEST_NAME) {
      return false;
    }
    byte[] field = sink.scratch.bytes(DATA.length + LONGEST_NAME + 1);
    System.arraycopy(DATA, 0, field, 0, DATA.length);
    System.arraycopy(b, id, field, DATA.length, idLength);
    field[DATA.length + idLength] = '.';
    System.arraycopy(b, name, field, DATA.length + idLength + 1, nameLength);
    String own = sink.scratch.keys.get(field, 0, DATA.length + idLength + 1 + nameLength).own();
    if (Bytes.indexOf(b, value, end, '\\') < 0) {
      sink.put(own, b, value, end);
    } else {
      sink.put(own, unescape(b, value, end));
    }
    return true;
  }

  private static int closingQuote(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (b[at] == '\\') {
        at++;
      } else if (b[at] == '"') {
        return at;
      }
    }
    return -1;
  }

  private static String unescape(byte[] b, int from, int to) {
    byte[] text = Arrays.copyOfRange(b, from, to);
    int length = 0;
    for (int at = 0; at < text.length; at++) {
      boolean escape = text[at] == '\\' && at + 1 < text.length;
      if (escape && (text[at + 1] == '"' || text[at + 1] == '\\' || text[at + 1] == ']')) {
        at++;
      }
      text[length++] = text[at];
    }
    return new String(text, 0, length, UTF_8);
  }

  private static boolean isNil(byte[] b, int from, int to) {
    return to - from == 1 && b[from] == '-';
  }
}
