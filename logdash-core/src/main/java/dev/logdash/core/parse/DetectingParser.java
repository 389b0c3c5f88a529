package dev.logdash.core.parse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the format of each record; understands every record, be it as plain text. Remembers
 * which format fitted last for at most {@value #MAX_SOURCES} sources. The memory changes how fast a
 * record is understood and never how: a format that is remembered is only tried first where no
 * format of a higher rank can fit the record as well. Safe for use by several threads.
 */
public final class DetectingParser implements LineParser {

  static final int MAX_SOURCES = 10_000;

  private final Map<String, LineFormat> remembered = new ConcurrentHashMap<>();
  private final @Nullable LineParser first;

  DetectingParser(@Nullable LineParser first) {
    this.first = first;
  }

  @Override
  public boolean parse(byte[] buffer, int from, int to, FieldSink sink) {
    return fitsFirst(buffer, from, to, sink) || Formats.recognise(buffer, from, to, sink) != null;
  }

  private boolean fitsFirst(byte[] buffer, int from, int to, FieldSink sink) {
    LineParser wanted = first;
    return wanted != null && wanted.parse(buffer, from, to, sink);
  }

  /**
   * As {@link #parse(byte[], int, int, FieldSink)}, but faster for a source whose records have one
   * format.
   *
   * @param source where the record comes from, for example a file; may be empty
   */
  public boolean parse(String source, byte[] buffer, int from, int to, FieldSink sink) {
    if (fitsFirst(buffer, from, to, sink)) {
      return true;
    }
    LineFormat last = remembered.get(source);
    if (last != null && mayBeFirst(last, buffer, from, to)) {
      int lineEnd = Records.endOfFirstLine(buffer, from, to);
      if (Records.parse(last, buffer, from, lineEnd, to, sink)) {
        return true;
      }
    }
    LineFormat found = Formats.recognise(buffer, from, to, sink);
    if (found != last && found != null) {
      remember(source, found);
    }
    return found != null;
  }

  /** How many sources are remembered. */
  int sourceCount() {
    return remembered.size();
  }

  /** Whether the format may be tried before those of a higher rank. */
  static boolean mayBeFirst(LineFormat format, byte[] b, int from, int to) {
    return format.mayBeginWith(Bytes.at(b, from, to)) && format.excludesHigherRanks(b, from, to);
  }

  private void remember(String source, LineFormat format) {
    if (remembered.size() >= MAX_SOURCES && !remembered.containsKey(source)) {
      // Sources come and go; those that live on are remembered again with their next record.
      remembered.clear();
    }
    remembered.put(source, format);
  }
}
