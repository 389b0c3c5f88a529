package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Puts the value of a key where the key's role says; what does not fit keeps the key's name. */
final class FieldMapper {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;

  private FieldMapper() {}

  /** A text; {@code escaped} if it is the inner part of a JSON string with escapes. */
  static void text(Key key, byte[] b, int from, int to, boolean escaped, FieldSink sink) {
    if (key.role() == Key.Role.PLAIN) {
      if (key.hint() != null && !escaped) {
        sink.scratch.hints.add(key.hint(), from, to);
      }
      if (escaped) {
        sink.putEscaped(key.own(), b, from, to);
      } else {
        sink.put(key.own(), b, from, to);
      }
    } else if (!mapText(key, b, from, to, escaped, sink)) {
      if (key.hint() != null && !escaped) {
        sink.scratch.hints.add(key.hint(), from, to);
      }
      if (escaped) {
        sink.putEscaped(key.own(), b, from, to);
      } else {
        sink.put(key.own(), b, from, to);
      }
    }
  }

  static boolean mapText(Key key, byte[] b, int from, int to, boolean escaped, FieldSink sink) {
    switch (key.role()) {
      case MESSAGE:
        return message(b, from, to, escaped, sink);
      case FORMATTED_MESSAGE:
        sink.replaceMessage(escaped ? JsonStrings.unescape(b, from, to) : utf8(b, from, to));
        return true;
      case SERVICE:
        if (isMillis(b, from, to)) {
          return Durations.text(0, b, from, to, sink);
        }
        putText(key.field(), b, from, to, escaped, sink);
        return true;
      case TEXT:
        putText(key.field(), b, from, to, escaped, sink);
        return true;
      case STACK_TRACE:
        StackTraces.put(escaped ? JsonStrings.unescape(b, from, to) : utf8(b, from, to), sink);
        return true;
      case URL:
        return escaped
            ? Requests.url(JsonStrings.unescape(b, from, to), sink)
            : Requests.url(b, from, to, sink);
      default:
        return !escaped && mapPlainText(key, b, from, to, sink);
    }
  }

  private static boolean mapPlainText(Key key, byte[] b, int from, int to, FieldSink sink) {
    switch (key.role()) {
      case TIME:
        if (!sink.hasTimestamp() && sink.scratch.times.scanWhole(b, from, to)) {
          sink.scratch.times.deliver(b, from, to, sink);
          return true;
        }
        return false;
      case LEVEL:
        return level(b, from, to, sink);
      case WHOLE:
        return whole(key, b, from, to, sink);
      case STATUS:
        long status = Bytes.number(b, from, to);
        return status >= 0 && status(status, sink);
      case METHOD:
        return Requests.method(b, from, to, sink);
      case HTTP_VERSION:
        int start = Bytes.startsWith(b, from, to, "HTTP/") ? from + 5 : from;
        if (start == to || !Bytes.isDigit(b[start])) {
          return false;
        }
        sink.put(Names.HTTP_VERSION, b, start, to);
        return true;
      case REQUEST:
        return Requests.line(b, from, to, sink);
      case ADDRESS:
        return Requests.address(b, from, to, sink);
      case IP:
        return Requests.ip(key.field(), b, from, to, sink);
      case DURATION:
        return Durations.text(scale(key, sink), b, from, to, sink);
      case LEVEL_WORD:
        int number = Severities.ofWord(b, from, to);
        if (number > 0) {
          sink.severity(number, b, from, to);
        }
        return number > 0;
      case TRACE_PATH:
        return tracePath(b, from, to, sink);
      case PLACE:
        CodeLocation.putFile(b, from, to, sink);
        return false;
      default:
        return false;
    }
  }

  static void whole(Key key, long value, byte[] b, int from, int to, FieldSink sink) {
    boolean mapped;
    if (key.hint() != null && key.role() == Key.Role.PLAIN) {
      sink.scratch.hints.add(key.hint(), from, to);
    }
    switch (key.role()) {
      case TIME:
        mapped = !sink.hasTimestamp() && sink.scratch.times.scanEpoch(b, from, to) == to;
        if (mapped) {
          sink.scratch.times.deliver(b, from, to, sink);
        }
        break;
      case LEVEL:
        mapped = level(b, from, to, sink);
        break;
      case LEVEL_NUMBER:
        mapped = Severities.ofNumber(value) > 0;
        if (mapped) {
          sink.severity(Severities.ofNumber(value), "");
        }
        break;
      case OTEL_NUMBER:
        mapped = value >= 1 && value <= 24;
        if (mapped) {
          sink.severityNumber((int) value);
        }
        break;
      case TEXT:
      case SERVICE:
        sink.put(key.field(), b, from, to);
        mapped = true;
        break;
      case WHOLE:
        sink.put(key.field(), value);
        mapped = true;
        break;
      case STATUS:
        mapped = status(value, sink);
        break;
      case DURATION:
        mapped = Durations.whole(key.scale(), value, sink);
        break;
      default:
        mapped = false;
        break;
    }
    if (!mapped) {
      sink.put(key.own(), value);
    }
  }

  static void decimal(Key key, double value, byte[] b, int from, int to, FieldSink sink) {
    boolean mapped = false;
    if (key.hint() != null && key.role() == Key.Role.PLAIN) {
      sink.scratch.hints.add(key.hint(), from, to);
    }
    if (key.role() == Key.Role.TIME) {
      mapped = !sink.hasTimestamp() && sink.scratch.times.scanEpoch(b, from, to) == to;
      if (mapped) {
        sink.scratch.times.deliver(b, from, to, sink);
      }
    } else if (key.role() == Key.Role.DURATION) {
      long scale = scale(key, sink);
      mapped = Durations.put(value * (scale == 0 ? SECOND : scale), sink);
    }
    if (!mapped) {
      sink.put(key.own(), value);
    }
  }

  /** A text that was decoded already. */
  static void unescapedText(Key key, String text, FieldSink sink) {
    switch (key.role()) {
      case MESSAGE:
        if (sink.hasMessage()) {
          sink.put(key.own(), text);
        } else {
          sink.message(text);
        }
        break;
      case FORMATTED_MESSAGE:
        sink.replaceMessage(text);
        break;
      case TEXT:
      case SERVICE:
        sink.put(key.field(), text);
        break;
      case STACK_TRACE:
        StackTraces.put(text, sink);
        break;
      default:
        sink.put(key.own(), text);
        break;
    }
  }

  static void list(Key key, List<String> values, FieldSink sink) {
    if (key.role() == Key.Role.MESSAGE && !sink.hasMessage()) {
      String text = JournalText.of(values);
      if (text != null) {
        sink.message(text);
        return;
      }
    }
    boolean plain = key.role() == Key.Role.TEXT || key.role() == Key.Role.SERVICE;
    if (values.size() == 1 && plain) {
      sink.put(key.field(), values.get(0));
      return;
    }
    boolean text = plain || key.role() == Key.Role.STACK_TRACE;
    sink.put(text ? key.field() : key.own(), values);
  }

  private static boolean message(byte[] b, int from, int to, boolean escaped, FieldSink sink) {
    if (sink.hasMessage()) {
      return false;
    }
    if (escaped) {
      sink.escapedMessage(b, from, to);
    } else {
      sink.message(b, from, to);
    }
    return true;
  }

  private static void putText(
      String field, byte[] b, int from, int to, boolean escaped, FieldSink sink) {
    if (escaped) {
      sink.putEscaped(field, b, from, to);
    } else if (!isNothing(b, from, to)) {
      sink.put(field, b, from, to);
    }
  }

  private static boolean isMillis(byte[] b, int from, int to) {
    return to - from > 2
        && b[to - 1] == 's'
        && b[to - 2] == 'm'
        && Bytes.allDigits(b, from, to - 2);
  }

  /** Serilog and Rails count milliseconds, and do not say so in the key. */
  private static long scale(Key key, FieldSink sink) {
    boolean millis =
        key.scale() == 0
            && (MessageTemplate.isIn(sink)
                || (sink.contains("controller") && sink.contains("action")));
    return millis ? MILLI : key.scale();
  }

  private static boolean tracePath(byte[] b, int from, int to, FieldSink sink) {
    int traces =
        Bytes.startsWith(b, from, to, "projects/") ? Bytes.indexOf(b, from, to, "/traces/") : -1;
    if (traces < 0) {
      return false;
    }
    sink.put(Names.TRACE, b, traces + 8, to);
    return true;
  }

  private static boolean isNothing(byte[] b, int from, int to) {
    return Bytes.equal(b, from, to, "-") || Bytes.equal(b, from, to, "--");
  }

  private static boolean level(byte[] b, int start, int end, FieldSink sink) {
    int from = Bytes.skipSpaces(b, start, end);
    int to = Bytes.trimEnd(b, from, end);
    int number = Severities.ofWord(b, from, to);
    if (number == 0 && to - from == 1) {
      number = Severities.ofLetter((byte) (b[from] & ~0x20));
    }
    if (number == 0) {
      long level = Bytes.number(b, from, to);
      number = level < 0 ? 0 : Severities.ofNumber(level);
    }
    if (number == 0 || sink.hasSeverityText()) {
      return false;
    }
    sink.severity(number, b, from, to);
    return true;
  }

  private static boolean whole(Key key, byte[] b, int from, int to, FieldSink sink) {
    long value = Bytes.number(b, from, to);
    if (value >= 0) {
      sink.put(key.field(), value);
    }
    return value >= 0 || (to - from == 1 && b[from] == '-');
  }

  private static boolean status(long value, FieldSink sink) {
    // Caddy, Envoy and Traefik have 0 of a request that nobody waited for.
    boolean broken = value == 0 && sink.contains(Names.METHOD);
    if ((value < 100 || value > 599) && !broken) {
      return false;
    }
    sink.put(Names.STATUS, value);
    return true;
  }

  private static String utf8(byte[] b, int from, int to) {
    return new String(b, from, to - from, UTF_8);
  }
}
