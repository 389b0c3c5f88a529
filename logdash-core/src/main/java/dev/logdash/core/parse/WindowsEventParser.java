package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * An event of Windows as XML, as {@code wevtutil} and shippers write it: {@code <Event
 * xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>...</System>
 * <EventData>...</EventData></Event>}. Reads the elements one after the other, as deep as they are;
 * what is not known stays text.
 */
final class WindowsEventParser implements LineFormat {

  private static final String NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";
  private static final int MAX_TAGS = 1_000;
  private static final int LONGEST_NAME = 128;
  private static final String DATA = "winlog.event_data.";

  /** Of the severities 1 to 5 of Windows, critical to verbose; 0 is what is always logged. */
  private static final int[] SEVERITIES = {9, 21, 17, 13, 9, 5};

  private static final Map<String, String> TEXTS =
      Map.of(
          "EventID", "event.code",
          "Channel", "winlog.channel",
          "EventRecordID", "winlog.record_id",
          "Computer", Names.HOST,
          "Task", "winlog.task",
          "Opcode", "winlog.opcode");
  private static final Map<String, String> KNOWN_DATA =
      Map.of(
          "IpAddress", Names.SOURCE_IP,
          "SourceAddress", Names.SOURCE_IP,
          "DestAddress", Names.DESTINATION_IP,
          "IpPort", Names.SOURCE_PORT,
          "SourcePort", Names.SOURCE_PORT,
          "DestPort", Names.DESTINATION_PORT,
          "TargetUserName", Names.USER,
          "WorkstationName", Names.SOURCE_DOMAIN,
          "CommandLine", Names.COMMAND);

  @Override
  public String name() {
    return "windows";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '<';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == 'n';
  }

  @Override
  public boolean spansLines() {
    return true;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int open = Bytes.startsWith(b, from, to, "<Event ") ? Bytes.indexOf(b, from, to, '>') : -1;
    if (open < 0 || Bytes.indexOf(b, from, open, NAMESPACE) < 0) {
      return false;
    }
    int at = open + 1;
    for (int tag = 0; tag < MAX_TAGS && at < to; tag++) {
      int start = Bytes.indexOf(b, at, to, '<');
      int end = start < 0 ? -1 : Bytes.indexOf(b, start, to, '>');
      if (end < 0) {
        break;
      }
      at = end + 1;
      if (b[start + 1] != '/') {
        at = element(b, start + 1, end, to, sink);
      }
    }
    if (!sink.hasTimestamp()) {
      sink.clear();
      return false;
    }
    sink.message(b, from, Bytes.trimEnd(b, from, to));
    return true;
  }

  /** Reads the tag in the range and the text behind it; returns where to go on. */
  private static int element(byte[] b, int from, int end, int to, FieldSink sink) {
    int nameEnd = from;
    while (nameEnd < end && (Bytes.isLetter(b[nameEnd]) || Bytes.isDigit(b[nameEnd]))) {
      nameEnd++;
    }
    if (nameEnd - from > LONGEST_NAME) {
      return end + 1;
    }
    String name = ascii(b, from, nameEnd);
    attributes(name, b, nameEnd, end, sink);
    if (b[end - 1] == '/') {
      return end + 1;
    }
    int close = Bytes.indexOf(b, end, to, '<');
    int textEnd = close < 0 ? to : close;
    if (textEnd > end + 1 && Bytes.at(b, textEnd + 1, to) == '/') {
      text(name, b, from, end, textEnd, sink);
    }
    return textEnd;
  }

  private static void attributes(String name, byte[] b, int from, int end, FieldSink sink) {
    switch (name) {
      case "Provider":
        attribute("Name", "event.provider", b, from, end, sink);
        break;
      case "Security":
        attribute("UserID", "user.id", b, from, end, sink);
        break;
      case "Execution":
        number("ProcessID", Names.PID, b, from, end, sink);
        number("ThreadID", Names.THREAD_ID, b, from, end, sink);
        break;
      case "TimeCreated":
        int time = value("SystemTime", b, from, end);
        int timeEnd = time < 0 ? -1 : Bytes.indexOf(b, time, end, (char) b[time - 1]);
        if (timeEnd > 0 && !sink.hasTimestamp() && sink.scratch.times.scanWhole(b, time, timeEnd)) {
          sink.scratch.times.deliver(b, time, timeEnd, sink);
        }
        break;
      default:
        break;
    }
  }

  private static void text(String name, byte[] b, int tag, int tagEnd, int end, FieldSink sink) {
    int from = tagEnd + 1;
    String known = TEXTS.get(name);
    if (known != null) {
      sink.put(known, b, from, end);
    } else if (name.equals("Level")) {
      long level = Bytes.number(b, from, end);
      if (level >= 0 && level < SEVERITIES.length) {
        sink.severity(SEVERITIES[(int) level], b, from, end);
      }
    } else if (name.equals("Message") && !sink.hasMessage()) {
      sink.message(unescape(b, from, end));
    } else if (name.equals("Data")) {
      data(b, tag, tagEnd, end, sink);
    }
  }

  private static void data(byte[] b, int tag, int tagEnd, int end, FieldSink sink) {
    int key = value("Name", b, tag, tagEnd);
    int keyEnd = key < 0 ? -1 : Bytes.indexOf(b, key, tagEnd, (char) b[key - 1]);
    int from = tagEnd + 1;
    if (keyEnd < 0 || keyEnd - key > LONGEST_NAME || Bytes.equal(b, from, end, "-")) {
      return;
    }
    String name = ascii(b, key, keyEnd);
    String field = KNOWN_DATA.getOrDefault(name, "");
    boolean put = false;
    switch (field) {
      case "":
        break;
      case Names.SOURCE_IP:
      case Names.DESTINATION_IP:
        put = Requests.ip(field, b, from, end, sink);
        break;
      case Names.SOURCE_PORT:
      case Names.DESTINATION_PORT:
        long port = Bytes.number(b, from, end);
        put = port >= 0;
        if (port > 0) {
          sink.put(field, port);
        }
        break;
      default:
        sink.put(field, unescape(b, from, end));
        put = true;
        break;
    }
    if (!put) {
      sink.put(DATA + name, unescape(b, from, end));
    }
  }

  private static void attribute(
      String wanted, String field, byte[] b, int from, int end, FieldSink sink) {
    int value = value(wanted, b, from, end);
    int valueEnd = value < 0 ? -1 : Bytes.indexOf(b, value, end, (char) b[value - 1]);
    if (valueEnd > value) {
      sink.put(field, unescape(b, value, valueEnd));
    }
  }

  private static void number(
      String wanted, String field, byte[] b, int from, int end, FieldSink sink) {
    int value = value(wanted, b, from, end);
    int valueEnd = value < 0 ? -1 : Bytes.indexOf(b, value, end, (char) b[value - 1]);
    long number = valueEnd < 0 ? -1 : Bytes.number(b, value, valueEnd);
    if (number >= 0) {
      sink.put(field, number);
    }
  }

  /** Where the value of an attribute begins, behind its quote; or -1. */
  private static int value(String name, byte[] b, int from, int end) {
    int at = Bytes.indexOf(b, from, end, " " + name + "=");
    int quote = at < 0 ? end : at + name.length() + 2;
    byte mark = Bytes.at(b, quote, end);
    return mark == '\'' || mark == '"' ? quote + 1 : -1;
  }

  private static String ascii(byte[] b, int from, int end) {
    return new String(b, from, end - from, UTF_8);
  }

  private static String unescape(byte[] b, int from, int end) {
    String text = new String(b, from, end - from, UTF_8);
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&#13;", "\r")
            .replace("&#10;", "\n")
            .replace("&#xD;", "\r")
            .replace("&#xA;", "\n")
            .replace("&amp;", "&");
  }
}
