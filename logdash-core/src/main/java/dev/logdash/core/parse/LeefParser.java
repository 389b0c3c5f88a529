package dev.logdash.core.parse;

/**
 * IBM's Log Event Extended Format: {@code LEEF:1.0|vendor|product|version|event|src=10.0.0.1 ...}
 * with tabs between the attributes, of version 2 with a separator that the header names. The
 * message is the whole record; attributes without an ECS name are fields of their own key.
 */
final class LeefParser implements LineFormat {

  private static final String[] HEADER = {
    "observer.vendor", "observer.product", "observer.version", "event.code"
  };

  @Override
  public String name() {
    return "leef";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == 'L';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == ':';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.startsWith(b, from, to, "LEEF:") || !Bytes.isDigit(Bytes.at(b, from + 5, to))) {
      return false;
    }
    boolean second = b[from + 5] == '2';
    int at = Bytes.indexOf(b, from, to, '|') + 1;
    for (String name : HEADER) {
      int end = at <= 0 ? -1 : Bytes.indexOf(b, at, to, '|');
      if (end < 0) {
        sink.clear();
        return false;
      }
      sink.put(name, b, at, end);
      at = end + 1;
    }
    char separator = '\t';
    if (second) {
      int end = Bytes.indexOf(b, at, Math.min(to, at + 6), '|');
      if (end >= 0) {
        separator = end == at + 1 ? (char) b[at] : hexadecimal(b, at, end);
        at = end + 1;
      }
    }
    attributes(b, at, Bytes.trimEnd(b, at, to), separator, sink);
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  /** The character that {@code x5E} or {@code 0x5E} names, or a tab. */
  private static char hexadecimal(byte[] b, int from, int to) {
    int value = 0;
    for (int at = from; at < to; at++) {
      int digit = Character.digit(b[at], 16);
      if (digit < 0) {
        value = 0;
      } else {
        value = 16 * value + digit;
      }
    }
    return value > 0 && value < 128 ? (char) value : '\t';
  }

  private static void attributes(byte[] b, int from, int to, char separator, FieldSink sink) {
    int at = from;
    while (at < to) {
      int next = Bytes.indexOf(b, at, to, separator);
      int end = next < 0 ? to : next;
      int equals = Bytes.indexOf(b, at, end, '=');
      if (equals > at && equals + 1 < end) {
        attribute(b, at, equals, end, sink);
      }
      at = end + 1;
    }
  }

  private static void attribute(byte[] b, int key, int equals, int end, FieldSink sink) {
    int from = equals + 1;
    if (Bytes.equal(b, key, equals, "devTime")) {
      if (!sink.hasTimestamp() && sink.scratch.times.scanWhole(b, from, end)) {
        sink.scratch.times.deliver(b, from, end, sink);
      } else {
        sink.put("devTime", b, from, end);
      }
    } else if (Bytes.equal(b, key, equals, "sev")) {
      int severity = CefParser.severity(b, from, end);
      if (severity > 0) {
        sink.severity(severity, b, from, end);
      }
    } else if (Bytes.equal(b, key, equals, "usrName")) {
      sink.put(Names.USER, b, from, end);
    } else if (Bytes.equal(b, key, equals, "proto")) {
      sink.put(Names.TRANSPORT, b, from, end);
    } else {
      FieldMapper.text(sink.scratch.keys.get(b, key, equals), b, from, end, false, sink);
    }
  }
}
