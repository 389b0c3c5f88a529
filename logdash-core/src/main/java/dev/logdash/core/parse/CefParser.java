package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;

/**
 * ArcSight's Common Event Format: {@code CEF:0|vendor|product|version|class|name|7|src=10.0.0.1
 * msg=text}. The message is that of the extension, else the name; extensions without an ECS name
 * are fields of their own key.
 */
final class CefParser implements LineFormat {

  private static final String[] HEADER = {
    "observer.vendor", "observer.product", "observer.version", "event.code", "cef.name"
  };
  private static final String[] KEYS = {
    "src", Names.SOURCE_IP,
    "spt", Names.SOURCE_PORT,
    "dst", Names.DESTINATION_IP,
    "dpt", Names.DESTINATION_PORT,
    "suser", Names.USER,
    "shost", Names.SOURCE_DOMAIN,
    "dhost", Names.DESTINATION_DOMAIN,
    "requestMethod", Names.METHOD,
    "requestClientApplication", Names.USER_AGENT,
    "act", "event.action",
    "outcome", "event.outcome",
    "app", "network.protocol",
    "proto", "network.transport"
  };
  private static final Set<String> NUMBERS = Set.of("spt", "dpt");

  @Override
  public String name() {
    return "cef";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == 'C' || first == '0' || first == '1';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    // Some receivers cut the name of the format off with the header of syslog.
    boolean headless = Bytes.at(b, from + 1, to) == '|' && Bytes.isDigit(b[from]);
    if (!headless
        && (!Bytes.startsWith(b, from, to, "CEF:") || !Bytes.isDigit(Bytes.at(b, from + 4, to)))) {
      return false;
    }
    int at = endOfCell(b, from, to) + 1;
    for (String name : HEADER) {
      int end = endOfCell(b, at, to);
      if (at > to || end >= to) {
        sink.clear();
        return false;
      }
      put(name, b, at, end, '|', sink);
      at = end + 1;
    }
    int severityEnd = endOfCell(b, at, to);
    int severity = severity(b, at, severityEnd);
    if (severity > 0) {
      sink.severity(severity, b, at, severityEnd);
    }
    int end = Bytes.trimEnd(b, from, to);
    extension(b, Math.min(severityEnd + 1, end), end, sink);
    if (!sink.hasMessage()) {
      sink.message(sink.text("cef.name"));
    }
    return true;
  }

  /** 0 to 3 low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high; or a word. */
  static int severity(byte[] b, int from, int to) {
    long number = Bytes.number(b, from, to);
    if (number >= 0) {
      return number > 10 ? 0 : number > 8 ? 21 : number > 6 ? 17 : number > 3 ? 13 : 9;
    }
    if (Bytes.equal(b, from, to, "Very-High")) {
      return 21;
    }
    if (Bytes.equal(b, from, to, "High")) {
      return 17;
    }
    if (Bytes.equal(b, from, to, "Medium")) {
      return 13;
    }
    return Bytes.equal(b, from, to, "Low") ? 9 : Severities.ofWord(b, from, to);
  }

  private static int endOfCell(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] != '|') {
      at += b[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, to);
  }

  /** Values go on until the next key; an equals sign in them is escaped. */
  private static void extension(byte[] b, int from, int to, FieldSink sink) {
    int equals = nextEquals(b, from, to);
    int key = startOfKey(b, from, equals);
    while (equals < to) {
      int next = nextEquals(b, equals + 1, to);
      int nextKey = next < to ? startOfKey(b, equals + 1, next) : to;
      member(b, key, equals, Bytes.trimEnd(b, equals + 1, nextKey), sink);
      equals = next;
      key = nextKey;
    }
  }

  private static int nextEquals(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (b[at] == '\\') {
        at++;
      } else if (b[at] == '=') {
        return at;
      }
    }
    return to;
  }

  private static int startOfKey(byte[] b, int from, int equals) {
    int at = equals;
    while (at > from && !Bytes.isSpace(b[at - 1])) {
      at--;
    }
    return at;
  }

  private static void member(byte[] b, int key, int keyEnd, int end, FieldSink sink) {
    int from = keyEnd + 1;
    if (key >= keyEnd || from >= end) {
      return;
    }
    for (int i = 0; i < KEYS.length; i += 2) {
      if (Bytes.equal(b, key, keyEnd, KEYS[i])) {
        long number = NUMBERS.contains(KEYS[i]) ? Bytes.number(b, from, end) : -1;
        if (number >= 0) {
          sink.put(KEYS[i + 1], number);
        } else {
          put(KEYS[i + 1], b, from, end, '=', sink);
        }
        return;
      }
    }
    if (Bytes.equal(b, key, keyEnd, "rt")
        || Bytes.equal(b, key, keyEnd, "end")
        || Bytes.equal(b, key, keyEnd, "UNIFIutcTime")) {
      if (!sink.hasTimestamp() && sink.scratch.times.scanWhole(b, from, end)) {
        sink.scratch.times.deliver(b, from, end, sink);
      }
    } else if (Bytes.equal(b, key, keyEnd, "request")) {
      Requests.url(b, from, end, sink);
    } else if (Bytes.equal(b, key, keyEnd, "msg")) {
      sink.message(unescape(b, from, end, '='));
    } else {
      put(sink.scratch.keys.get(b, key, keyEnd).own(), b, from, end, '=', sink);
    }
  }

  private static void put(String name, byte[] b, int from, int to, char mark, FieldSink sink) {
    if (Bytes.indexOf(b, from, to, '\\') < 0) {
      sink.put(name, b, from, to);
    } else {
      sink.put(name, unescape(b, from, to, mark));
    }
  }

  private static String unescape(byte[] b, int from, int to, char mark) {
    return new String(b, from, to - from, UTF_8)
        .replace("\\" + mark, String.valueOf(mark))
        .replace("\\n", "\n")
        .replace("\\\\", "\\");
  }
}
