package dev.logdash.core.parse;

import java.util.Locale;

/**
 * Lines with a tag in front of a time, as who gathers the output of several programs adds it:
 * {@code [shop] 2024-05-01 10:00:00 INFO text}, {@code [shop][2024-05-01 10:00:00] text}, {@code
 * shop: 2024-05-01 10:00:00 INFO text}. The tag is the logger where the line behind it has none,
 * and the process if it is a number.
 */
final class TagParser implements LineFormat {

  private static final int LONGEST_TAG = 64;
  private static final int LONGEST_PID = 7;

  @Override
  public String name() {
    return "tag";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[' || Bytes.isLetter(first);
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    boolean bracket = Bytes.at(b, from, to) == '[';
    int tag = bracket ? from + 1 : from;
    int end = tag;
    while (end < to && isTagByte(b[end])) {
      end++;
    }
    byte mark = Bytes.at(b, end, to);
    int line = Bytes.skipSpaces(b, Math.min(to, end + 1), to);
    boolean apart = bracket || line > end + 1;
    if (end == tag
        || end - tag > LONGEST_TAG
        || mark != (bracket ? ']' : ':')
        || !apart
        || !isTag(b, tag, end)) {
      return false;
    }
    int time = Bytes.at(b, line, to) == '[' ? line + 1 : line;
    if (!Bytes.isDigit(Bytes.at(b, time, to))
        || (sink.scratch.times.scan(b, time, to) < 0
            && (!bracket || sink.scratch.times.scanTimeOfDay(b, time, to) < 0))) {
      return false;
    }
    FieldSink content = sink.scratch.inner();
    Formats.parseTagged(b, line, to, content);
    if (!content.hasTimestamp() || (!bracket && !hasLevelInCapitals(content))) {
      content.clear();
      return false;
    }
    sink.adopt(content);
    if (Bytes.isDigit(b[tag])) {
      sink.put(Names.PID, Bytes.number(b, tag, end));
    } else {
      sink.put(Names.LOGGER, b, tag, end);
    }
    return true;
  }

  /** Whether it is the number of a process, or a name that does not begin as a date does. */
  private static boolean isTag(byte[] b, int from, int end) {
    if (Bytes.isDigit(b[from])) {
      return end - from <= LONGEST_PID && Bytes.allDigits(b, from, end);
    }
    return Dates.month(b, from, end) < 0 || Bytes.isLetter(Bytes.at(b, from + 3, end));
  }

  /** Without a bracket, what stands in front of a time may be a heading, as in: Created: */
  private static boolean hasLevelInCapitals(FieldSink content) {
    String level = content.severityText();
    return content.severityNumber() > 0
        && !level.isEmpty()
        && level.equals(level.toUpperCase(Locale.ROOT));
  }

  private static boolean isTagByte(byte c) {
    return Bytes.isLetter(c) || Bytes.isDigit(c) || c == '-' || c == '_' || c == '.' || c == '/';
  }
}
