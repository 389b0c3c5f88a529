package dev.logdash.core.ingest;

import dev.logdash.api.event.Headers;
import dev.logdash.core.parse.HeaderLine;
import dev.logdash.core.parse.QuotedRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
  private static final int HEAD = Fingerprint.BYTES;
  // Two lines of the longest header and some short ones, as Zeek has them.
  private static final int LONGEST_HEAD = 4 * HeaderLine.MAX_BYTES;

  private @Nullable String header;
  private @Nullable QuotedRow row;
  // What was marked last, since the lines of an input have the same headers.
  private Map<String, String> unmarked = Map.of();
  private Map<String, String> marked = Map.of();

  /** The columns of an input that is read from its start. */
  LineColumns() {}

  /**
   * The columns of a file that is read on from an offset: those of the last header near to it, else
   * of the first KiB and of the header that is begun there.
   *
   * @param maxBytes of a longer record the beginning was kept
   */
  static LineColumns at(FileContent content, long offset, int maxBytes) throws IOException {
    LineColumns columns = new LineColumns();
    if (offset > 0) {
      columns.readHead(content, (int) Math.min(offset, LONGEST_HEAD), maxBytes);
      // A file without a header at its top is not looked through.
      if (columns.header != null && offset > HEAD) {
        byte[] before = content.before(offset, LOOK_BACK);
        int start = offset > before.length ? startOfLine(before) : 0;
        InputStream lines = new ByteArrayInputStream(before, start, before.length - start);
        long from = offset - before.length + start;
        columns.readRecords(
            new RecordReader(lines, from, columns, 0, maxBytes, LineSplitter.none()));
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

  private void readHead(FileContent content, int bytes, int maxBytes) throws IOException {
    byte[] head = content.head();
    if (bytes > head.length) {
      try (FileContent again = content.again()) {
        head = again.from(0).readNBytes(bytes);
      }
    }
    InputStream lines = new ByteArrayInputStream(head, 0, Math.min(bytes, head.length));
    RecordReader reader = new RecordReader(lines, 0, this, 0, maxBytes, LineSplitter.none());
    while (reader.next(false)) {
      boolean isComment = reader.length() > 0 && reader.array()[reader.start()] == '#';
      if (reader.end() > HEAD && !isComment) {
        return;
      }
      reader.mark(Map.of());
    }
  }

  /** Takes note of the headers among records; a line in a quoted cell is none. */
  private void readRecords(RecordReader reader) throws IOException {
    while (reader.next(false)) {
      reader.mark(Map.of());
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
