package dev.logdash.core.parse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recognises the format of each record; understands every record, be it as plain text. Remembers
 * which format fitted last for at most {@value #MAX_SOURCES} sources. The memory changes how fast a
 * record is understood and never how: a format that is remembered is only tried first where no
 * format of a higher rank can fit the record as well. Safe for use by several threads.
 */
public final class DetectingParser implements LineParser {

  static final int MAX_SOURCES = 10_000;

  private static final Format[] FORMATS = Format.values();

  private final LineParser[] lines = new LineParser[FORMATS.length];
  private final LineParser json = new JsonParser();
  private final WholeRecordParser whole = new WholeRecordParser(this::parseFirstLine);
  private final Map<String, Format> remembered = new ConcurrentHashMap<>();

  DetectingParser() {
    for (Format format : FORMATS) {
      lines[format.ordinal()] = format.newParser();
    }
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to, FieldSink sink) {
    return isJson(buffer, from, to, sink) || whole.parse(buffer, from, to, sink);
  }

  /**
   * As {@link #parse(byte[], int, int, FieldSink)}, but faster for a source whose records have one
   * format.
   *
   * @param source where the record comes from, for example a file; may be empty
   */
  public boolean parse(String source, byte[] buffer, int from, int to, FieldSink sink) {
    if (isJson(buffer, from, to, sink)) {
      return true;
    }
    Format last = remembered.get(source);
    if (last != null && Bytes.indexOf(buffer, from, to, '\n') < 0) {
      if (last.mayBegin(buffer, from, to)
          && last.excludesEarlier(buffer, from, to)
          && lines[last.ordinal()].parse(buffer, from, to, sink)) {
        return true;
      }
    }
    if (!whole.parse(buffer, from, to, sink)) {
      return false;
    }
    remember(source, sink.format);
    return true;
  }

  /** How many sources are remembered. */
  int sourceCount() {
    return remembered.size();
  }

  private void remember(String source, Format format) {
    if (remembered.size() >= MAX_SOURCES && !remembered.containsKey(source)) {
      // Sources come and go; those that live on are remembered again with their next record.
      remembered.clear();
    }
    remembered.put(source, format);
  }

  private boolean isJson(byte[] b, int from, int to, FieldSink sink) {
    int at = Bytes.skipSpaces(b, from, to);
    return at < to && b[at] == '{' && json.parse(b, from, to, sink);
  }

  private boolean parseFirstLine(byte[] b, int from, int to, FieldSink sink) {
    for (Format format : FORMATS) {
      if (format.mayBegin(b, from, to) && lines[format.ordinal()].parse(b, from, to, sink)) {
        sink.format = format;
        return true;
      }
    }
    return false;
  }
}
