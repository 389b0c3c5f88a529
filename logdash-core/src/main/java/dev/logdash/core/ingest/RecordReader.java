package dev.logdash.core.ingest;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.core.parse.Bytes;
import dev.logdash.core.parse.QuotedRow;
import dev.logdash.core.pipeline.JoinLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of an input: mostly its lines. What a format puts on several lines is one
 * record: an entry of systemd's journal in its export format, which becomes what {@code journalctl
 * -o json} makes of it, and a row of CSV with line feeds in quotes. A record has at most as many
 * lines and bytes as {@link JoinLimits#DEFAULTS} and the longest line allow; an entry that is torn
 * or too large is one text as far as it goes, a row is the line that it begins with. Of an entry
 * that is too large the rest is only counted, as of a line.
 *
 * <p>Remembers the header of the input, as {@link LineColumns} does. For use by one thread.
 */
public final class RecordReader {

  private static final int MAX_LINES = JoinLimits.DEFAULTS.maxLines();
  private static final byte[] NONE = new byte[0];

  /** What a call of {@link #next(boolean, boolean)} came to. */
  public enum Next {
    RECORD,
    /** The input has no more records. */
    END,
    /** The rest of the record would have to be waited for. */
    LATER
  }

  private final LineReader lines;
  private final LineColumns columns;
  private final int maxBytes;
  private final LineSplitter splitter;
  // The record where it is not as it stands in the input.
  private byte[] made = NONE;
  private boolean torn;
  // Of an entry that goes on behind what a record may have.
  private @Nullable EntryRest rest;
  private boolean restEnded;
  private boolean restUnread;
  private boolean rowsEnd;
  private boolean held;
  private boolean heldRow;

  /**
   * Reads an input from its start.
   *
   * @param maxBytes of a longer record the beginning is kept
   * @param splitter finds the records of lines that hold several
   */
  public RecordReader(InputStream in, int maxBytes, LineSplitter splitter) {
    this(in, 0, new LineColumns(), maxBytes, splitter);
  }

  /**
   * @param offset where the stream stands in its content
   * @param columns what is known of the header
   */
  RecordReader(
      InputStream in, long offset, LineColumns columns, int maxBytes, LineSplitter splitter) {
    this.lines = new LineReader(in, offset, maxBytes);
    this.columns = columns;
    this.maxBytes = maxBytes;
    this.splitter = splitter;
  }

  /**
   * Reads the next record, which is then described by the accessors until the next call.
   *
   * @param unterminatedToo whether the input is complete, so that what nothing ends is a record
   * @return false if there is none
   */
  public boolean next(boolean unterminatedToo) throws IOException {
    return next(unterminatedToo, true) == Next.RECORD;
  }

  /**
   * As {@link #next(boolean)}.
   *
   * @param mayWait whether to wait for the further lines of a record; where they are not there, the
   *     next call begins with its first line again
   */
  public Next next(boolean unterminatedToo, boolean mayWait) throws IOException {
    held = false;
    heldRow = false;
    if (restUnread) {
      restUnread = false;
      return Next.RECORD;
    }
    if (rest != null && !restEnded) {
      return held(rest(rest, unterminatedToo, mayWait));
    }
    rest = null;
    made = NONE;
    torn = false;
    if (!lines.next(unterminatedToo)) {
      return Next.END;
    }
    int size = lines.size();
    if (size < 0) {
      return Next.RECORD;
    }
    Next found = Next.RECORD;
    if (JournalEntry.isBegunBy(lines)) {
      found = entry(unterminatedToo, mayWait);
    } else {
      QuotedRow row = columns.row();
      if (row != null && hasQuote()) {
        found = row(row, unterminatedToo, mayWait);
      }
    }
    if (found != Next.RECORD && rest == null) {
      lines.cutTo(size);
      lines.unread();
    }
    return held(found);
  }

  private Next held(Next found) {
    held = found == Next.END;
    return found;
  }

  /** Whether the input ended, when that was said last, in a record of several lines. */
  boolean isHeld() {
    return held;
  }

  /** Whether that record is a row of CSV. */
  boolean isHeldRow() {
    return heldRow;
  }

  /** Makes rows of CSV that the input does not end be the lines that they begin with. */
  void endOpenRows() {
    rowsEnd = true;
  }

  private Next entry(boolean unterminatedToo, boolean mayWait) throws IOException {
    int size = lines.size();
    JournalEntry entry = new JournalEntry(lines);
    Next found = entry.read(unterminatedToo, mayWait);
    if (entry.isCut()) {
      EntryRest begun = entry.rest(maxBytes);
      rest = begun;
      restEnded = false;
      return rest(begun, unterminatedToo, mayWait);
    }
    if (found != Next.RECORD || lines.size() == size) {
      return found;
    }
    if (entry.isWhole()) {
      byte[] json = entry.toJson();
      if (json.length <= maxBytes) {
        made = json;
        return Next.RECORD;
      }
    }
    torn = true;
    return Next.RECORD;
  }

  private Next rest(EntryRest open, boolean unterminatedToo, boolean mayWait) throws IOException {
    Next found = open.pass(unterminatedToo, mayWait);
    if (found == Next.RECORD) {
      restEnded = true;
      made = open.text();
      torn = open.digest().count() > 1;
    }
    return found;
  }

  private Next row(QuotedRow row, boolean unterminatedToo, boolean mayWait) throws IOException {
    int size = lines.size();
    int end = row.end(lines.array(), lines.start(), lines.start() + lines.length());
    for (int count = 1; end == QuotedRow.OPEN && count < MAX_LINES; count++) {
      LineReader.Extension extension = lines.extend(unterminatedToo, mayWait);
      if (extension == LineReader.Extension.LATER) {
        return Next.LATER;
      }
      if (extension == LineReader.Extension.NO_MORE && !unterminatedToo && !rowsEnd) {
        heldRow = true;
        return Next.END;
      }
      if (extension != LineReader.Extension.ADDED) {
        break;
      }
      end = row.end(lines.array(), lines.start(), lines.start() + lines.length());
    }
    if (end < 0 || !row.isFull()) {
      lines.cutTo(size);
    }
    return Next.RECORD;
  }

  private boolean hasQuote() {
    int at = lines.start();
    return Bytes.indexOf(lines.array(), at, at + lines.length(), '"') >= 0;
  }

  /** Whether the next record can be read, at least begun, without waiting for the stream. */
  public boolean isReady() throws IOException {
    return restUnread || lines.isReady();
  }

  /** Makes the next call give the same record again. */
  void unread() throws IOException {
    if (rest != null) {
      restUnread = true;
      return;
    }
    int size = lines.firstSize();
    if (size >= 0) {
      lines.cutTo(size);
    }
    lines.unread();
  }

  /**
   * The headers of the record: those given, and what the input says about it. To be called once for
   * each record, in their order.
   */
  public Map<String, String> mark(Map<String, String> headers) {
    Map<String, String> known = columns.mark(headers, array(), start(), start() + length());
    if (!torn && fullLength() == length()) {
      return known;
    }
    Map<String, String> marked = new HashMap<>(known);
    if (torn) {
      marked.put(Headers.FORMAT, "text");
    }
    if (fullLength() > length()) {
      marked.put(Headers.TRUNCATED, Long.toString(fullLength()));
    }
    return marked;
  }

  /** The position behind the record; to be called once for each record, in their order. */
  SourcePosition behind(Fingerprint print) {
    EntryRest passed = rest;
    return passed == null ? print.behind(lines) : print.behind(passed.digest(), passed.end());
  }

  /** How many lines of the input the record is. */
  public int lineCount() {
    EntryRest passed = rest;
    return passed == null ? lines.count() : passed.digest().count();
  }

  /** Holds the record from {@link #start} on, until the next call. */
  byte[] array() {
    return made.length > 0 ? made : lines.array();
  }

  int start() {
    return made.length > 0 ? 0 : lines.start();
  }

  public byte[] copy() {
    return made.length > 0
        ? made.clone()
        : Arrays.copyOfRange(array(), start(), start() + length());
  }

  /** The bodies of the records that the line holds, in their order; none if it is one itself. */
  public List<byte[]> parts() {
    boolean whole = fullLength() == length();
    return whole ? splitter.split(array(), start(), start() + length()) : List.of();
  }

  public int length() {
    return made.length > 0 ? made.length : lines.length();
  }

  /** The bytes of the whole record; more than {@link #length} if it was cut. */
  public long fullLength() {
    EntryRest passed = rest;
    if (passed != null) {
      return passed.fullLength();
    }
    return made.length > 0 ? made.length : lines.fullLength();
  }

  /** The place behind the record and its end, in the content. */
  public long end() {
    EntryRest passed = rest;
    return passed == null ? lines.end() : passed.end();
  }
}
