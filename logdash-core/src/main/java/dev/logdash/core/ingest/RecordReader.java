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
  private final LineSplitter splitter;
  private final EntryReader entries;
  private boolean held;
  private boolean heldRow;
  private long heldAt = -1;
  // Rows that begin up to there end where the input has no more for now.
  private long rowsEndUpTo = -1;

  /**
   * Reads an input from its start.
   *
   * @param maxBytes of a longer record the beginning is kept
   * @param splitter finds the records of lines that hold several
   */
  public RecordReader(InputStream in, int maxBytes, LineSplitter splitter) {
    this(in, 0, new LineColumns(), 0, maxBytes, splitter);
  }

  /**
   * @param offset where the stream stands in its content
   * @param columns what is known of the header
   * @param openBefore what {@link JournalEntry#openBefore} says of that place
   */
  RecordReader(
      InputStream in,
      long offset,
      LineColumns columns,
      int openBefore,
      int maxBytes,
      LineSplitter splitter) {
    this.lines = new LineReader(in, offset, maxBytes);
    this.entries = new EntryReader(lines, openBefore, maxBytes);
    this.columns = columns;
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
    if (entries.isPassing()) {
      return told(entries.pass(unterminatedToo, mayWait));
    }
    entries.forget();
    if (!lines.next(unterminatedToo)) {
      return Next.END;
    }
    int size = lines.size();
    if (size < 0) {
      entries.passOver();
      return told(Next.RECORD);
    }
    Next found = Next.RECORD;
    if (entries.isNext()) {
      found = entries.read(unterminatedToo, mayWait);
    } else {
      QuotedRow row = columns.row();
      if (row != null && hasQuote()) {
        found = row(row, unterminatedToo, mayWait);
      }
    }
    if (found != Next.RECORD && !entries.isPassing()) {
      lines.cutTo(size);
      lines.unread();
      heldAt = lines.end() - size;
    }
    return told(found);
  }

  private Next told(Next found) {
    held = found == Next.END;
    entries.taken(found == Next.RECORD);
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

  /** Where in the content the record begins that was last not there as a whole; at first -1. */
  long heldAt() {
    return heldAt;
  }

  /**
   * Makes rows of CSV that the input does not end be the lines that they begin with.
   *
   * @param upTo the place in the content behind which none of these rows begins
   */
  void endOpenRows(long upTo) {
    rowsEndUpTo = upTo;
  }

  /** As {@link EntryReader#endOpen}. */
  void endOpenEntries() {
    entries.endOpen();
  }

  private Next row(QuotedRow row, boolean unterminatedToo, boolean mayWait) throws IOException {
    int size = lines.size();
    int end = row.end(lines.array(), lines.start(), lines.start() + lines.length());
    boolean ends = lines.end() - size <= rowsEndUpTo;
    for (int count = 1; end == QuotedRow.OPEN && count < MAX_LINES; count++) {
      LineReader.Extension extension = lines.extend(unterminatedToo, mayWait);
      if (extension == LineReader.Extension.LATER) {
        return Next.LATER;
      }
      if (extension == LineReader.Extension.NO_MORE && !unterminatedToo && !ends) {
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
    return entries.isUnread() || lines.isReady();
  }

  /** Makes the next call give the same record again. */
  void unread() throws IOException {
    entries.taken(false);
    if (entries.rest() != null) {
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
    if (!entries.isTorn() && fullLength() == length()) {
      return known;
    }
    Map<String, String> marked = new HashMap<>(known);
    if (entries.isTorn()) {
      marked.put(Headers.FORMAT, "text");
    }
    if (fullLength() > length()) {
      marked.put(Headers.TRUNCATED, Long.toString(fullLength()));
    }
    return marked;
  }

  /** The position behind the record; to be called once for each record, in their order. */
  SourcePosition behind(Fingerprint print) {
    EntryRest passed = entries.rest();
    return passed == null ? print.behind(lines) : print.behind(passed.digest(), passed.end());
  }

  /** How many lines of the input the record is. */
  public int lineCount() {
    EntryRest passed = entries.rest();
    return passed == null ? lines.count() : passed.digest().count();
  }

  /** Holds the record from {@link #start} on, until the next call. */
  byte[] array() {
    byte[] made = entries.made();
    return made.length > 0 ? made : lines.array();
  }

  int start() {
    return entries.made().length > 0 ? 0 : lines.start();
  }

  public byte[] copy() {
    return Arrays.copyOfRange(array(), start(), start() + length());
  }

  /** The bodies of the records that the line holds, in their order; none if it is one itself. */
  public List<byte[]> parts() {
    boolean whole = fullLength() == length();
    return whole ? splitter.split(array(), start(), start() + length()) : List.of();
  }

  public int length() {
    byte[] made = entries.made();
    return made.length > 0 ? made.length : lines.length();
  }

  /** The bytes of the whole record; more than {@link #length} if it was cut. */
  public long fullLength() {
    EntryRest passed = entries.rest();
    if (passed != null) {
      return passed.fullLength();
    }
    byte[] made = entries.made();
    return made.length > 0 ? made.length : lines.fullLength();
  }

  /** The place behind the record and its end, in the content. */
  public long end() {
    EntryRest passed = entries.rest();
    return passed == null ? lines.end() : passed.end();
  }
}
