package dev.logdash.core.ingest;

import dev.logdash.api.event.Headers;
import dev.logdash.core.parse.HeaderLine;
import dev.logdash.core.parse.QuotedRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the header of one input, such as a file of CSV, and marks the lines behind it with it,
 * so that a line is understood by itself from there on. Another header takes the place of the one
 * before. For use by one thread.
 */
final class LineColumns {

  // How far in front of the place where reading goes on a header is looked for.
  private static final int LOOK_BACK = 64 * 1024;

  private @Nullable String header;
  private @Nullable QuotedRow row;
  // What was marked last, since the lines of an input have the same headers.
  private Map<String, String> unmarked = Map.of();
  private Map<String, String> marked = Map.of();

  /** The columns of an input that is read from its start. */
  LineColumns() {}

  /**
   * The columns of a file that is read on from an offset: those of the last header near to it, else
   * of the first KiB.
   */
  static LineColumns at(FileContent content, long offset) throws IOException {
    LineColumns columns = new LineColumns();
    if (offset > 0) {
      byte[] head = content.head();
      columns.readLines(head, 0, (int) Math.min(offset, head.length));
      // A file without a header at its top is not looked through.
      if (columns.header != null && offset > head.length) {
        byte[] before = content.before(offset, LOOK_BACK);
        columns.readLines(before, startOfLine(before), before.length);
      }
    }
    return columns;
  }

  /**
   * The headers of the record of a line: those given, and {@link Headers#COLUMNS} if a header came
   * before it. Takes note of the line if it is a header.
   */
  Map<String, String> mark(Map<String, String> headers, byte[] buffer, int from, int to) {
    String found = HeaderLine.next(header, buffer, from, to);
    if (found != null) {
      found(found);
      unmarked = Map.of();
      marked = Map.of();
      return headers;
    }
    String columns = header;
    if (columns == null) {
      return headers;
    }
    if (marked.isEmpty() || !headers.equals(unmarked)) {
      Map<String, String> all = new HashMap<>(headers);
      all.put(Headers.COLUMNS, columns);
      unmarked = headers;
      marked = Map.copyOf(all);
    }
    return marked;
  }

  private void found(String text) {
    header = text;
    row = QuotedRow.of(text);
  }

  /** A row that begins; null where no row has more than one line. */
  @Nullable QuotedRow row() {
    QuotedRow known = row;
    return known == null ? null : known.begin();
  }

  /** Takes note of the headers among the lines that end in the range. */
  private void readLines(byte[] buffer, int from, int to) {
    int at = from;
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        String found = HeaderLine.next(header, buffer, at, i);
        if (found != null) {
          found(found);
        }
        at = i + 1;
      }
    }
  }

  private static int startOfLine(byte[] buffer) {
    int at = 0;
    while (at < buffer.length && buffer[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, buffer.length);
  }
}
