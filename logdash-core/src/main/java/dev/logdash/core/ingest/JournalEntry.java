package dev.logdash.core.ingest;

import dev.logdash.core.ingest.RecordReader.Next;
import dev.logdash.core.parse.Bytes;
import dev.logdash.core.pipeline.JoinLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an entry of systemd's journal in its export format: a line for each field; of a field that
 * is no plain text the name alone, its length in eight bytes, and the bytes; behind them all an
 * empty line. An entry that was taken out of a journal begins with {@code __CURSOR=} or {@code
 * __REALTIME_TIMESTAMP=}; no other is known as one.
 */
final class JournalEntry {

  private static final int MAX_LINES = JoinLimits.DEFAULTS.maxLines();
  static final int LENGTH_BYTES = 8;
  // The largest field that systemd's own readers take, and so far below what eight bytes of text
  // are when read as a number that no text is taken for a length.
  private static final long LONGEST_FIELD = 768L << 20;
  private static final int LONGEST_NAME = 64;

  /** The most bytes of an entry that may be given out before it is whole. */
  static final int LONGEST_OPEN = 64 * 1024;

  private static final String CURSOR = "__CURSOR=";
  private static final String TIME = "__REALTIME_TIMESTAMP=";

  private enum State {
    OPEN,
    WHOLE,
    /** What came last is no field. */
    BROKEN,
    /** The bytes of a field do not end where its length says. */
    MISFIT
  }

  /**
   * A field, by places in the entry.
   *
   * @param name where the name begins
   * @param nameEnd where it ends
   * @param value where the value begins
   * @param end where it ends
   */
  record Field(int name, int nameEnd, int value, int end) {}

  private final LineReader lines;
  private final List<Field> fields = new ArrayList<>();
  private int count;
  // Behind the fields that are whole.
  private int done;
  // Where the length of a field stands whose bytes have not all come, or 0.
  private int binary;
  // The line in which that length ends.
  private int lengthLine;
  private boolean cut;
  private boolean whole;

  /**
   * @param lines has read the first line of an entry
   */
  JournalEntry(LineReader lines) {
    this.lines = lines;
    this.done = lines.start() - lines.begin();
  }

  /** Whether a content begins with an entry. */
  static boolean isAtStartOf(byte[] head) {
    return isStart(head, 0, head.length);
  }

  /**
   * How many bytes in front of a place belong to an entry that was given out up to there before it
   * was whole; 0 if none was. Where a line is too long to tell, it belongs to one.
   */
  static int openBefore(FileContent content, long offset) throws IOException {
    if (offset == 0 || !isAtStartOf(content.head())) {
      return 0;
    }
    byte[] before = content.before(offset, LONGEST_OPEN);
    int to = before.length;
    while (to > 0 && before[to - 1] == '\n') {
      int from = to - 1;
      while (from > 0 && before[from - 1] != '\n') {
        from--;
      }
      if (isStart(before, from, to)) {
        return before.length - from;
      }
      if (from == 0 && before.length == LONGEST_OPEN && before.length < offset) {
        return LONGEST_OPEN + 1;
      }
      int name = endOfName(before, from, to - 1);
      if (name < 0 || name == to - 1) {
        return 0;
      }
      to = from;
    }
    return 0;
  }

  /** Whether the last line may belong to an entry that was begun before. */
  static boolean goesOnWith(LineReader lines) {
    byte[] b = lines.array();
    int from = lines.start();
    int to = from + lines.length();
    return endOfName(b, from, to) > 0 && !isCursor(b, from, to);
  }

  /** Whether the last line begins an entry. */
  static boolean isBegunBy(LineReader lines) {
    int at = lines.start();
    return isStart(lines.array(), at, at + lines.length());
  }

  /**
   * Reads as much of the entry as there is within the bounds; the reader then has all of it.
   *
   * @return {@link Next#RECORD}, or why that cannot be said yet
   */
  Next read(boolean unterminatedToo, boolean mayWait) throws IOException {
    State state = take();
    while (state == State.OPEN) {
      if (count == MAX_LINES) {
        cut = true;
        return Next.RECORD;
      }
      LineReader.Extension extension = lines.extend(unterminatedToo, mayWait);
      if (extension == LineReader.Extension.LATER) {
        return Next.LATER;
      }
      if (extension == LineReader.Extension.NO_MORE && !unterminatedToo) {
        return Next.END;
      }
      if (extension == LineReader.Extension.NO_MORE) {
        whole = binary == 0 && lines.isTerminated();
        return Next.RECORD;
      }
      if (extension == LineReader.Extension.FULL) {
        cut = true;
        return Next.RECORD;
      }
      state = take();
    }
    whole = state == State.WHOLE;
    // What was looked at far ahead is not looked at again: it is text with what came before it.
    if (state == State.BROKEN || (state == State.MISFIT && count == lengthLine)) {
      lines.cutTo(Math.max(done, lines.firstSize()));
    }
    return Next.RECORD;
  }

  /** Whether the entry has more lines or bytes than a record may have, so that it goes on. */
  boolean isCut() {
    return cut;
  }

  /** What is left of such an entry. */
  EntryRest rest(int maxBytes) {
    return new EntryRest(lines, binary, maxBytes);
  }

  /** How many lines were looked at. */
  int lineCount() {
    return count;
  }

  /** Whether nothing is missing of the entry; else it is text. */
  boolean isWhole() {
    return whole;
  }

  /** Whether what was read ends behind a field, and not within one that is no plain text. */
  boolean isPlain() {
    return binary == 0;
  }

  /** How many fields are whole. */
  int fieldCount() {
    return fields.size();
  }

  /** The entry as {@code journalctl -o json} has it. */
  byte[] toJson() {
    return JournalJson.of(lines.array(), lines.begin(), fields);
  }

  /** Looks at the line that came last. */
  private State take() {
    count++;
    byte[] b = lines.array();
    int begin = lines.begin();
    int size = lines.size();
    if (binary > 0) {
      return takeBytes(b, begin, size);
    }
    int from = begin + done;
    int to = begin + size - (lines.isTerminated() ? 1 : 0);
    if (from == to) {
      return State.WHOLE;
    }
    if (count > 1 && isCursor(b, from, to)) {
      // Another entry, without an empty line before it.
      lines.cutTo(done);
      return State.WHOLE;
    }
    int name = endOfName(b, from, to);
    if (name < 0) {
      return State.BROKEN;
    }
    if (name == to) {
      binary = size;
      fields.add(new Field(done, name - begin, 0, 0));
    } else {
      fields.add(new Field(done, name - begin, name + 1 - begin, to - begin));
      done = size;
    }
    return State.OPEN;
  }

  private State takeBytes(byte[] b, int begin, int size) {
    if (size - binary <= LENGTH_BYTES) {
      return State.OPEN;
    }
    long length = 0;
    for (int i = LENGTH_BYTES - 1; i >= 0; i--) {
      length = (length << 8) | (b[begin + binary + i] & 0xff);
    }
    int value = binary + LENGTH_BYTES;
    Field open = fields.remove(fields.size() - 1);
    if (!isBelievable(length)) {
      return State.BROKEN;
    }
    lengthLine = lengthLine == 0 ? count : lengthLine;
    if (value + length + 1 < size) {
      return State.MISFIT;
    }
    if (value + length + 1 == size && lines.isTerminated()) {
      fields.add(new Field(open.name, open.nameEnd, value, size - 1));
      done = size;
      binary = 0;
      lengthLine = 0;
    } else {
      fields.add(open);
    }
    return State.OPEN;
  }

  /** Where the name of a field ends, at {@code =} or with the line; -1 if the line has none. */
  static int endOfName(byte[] b, int from, int to) {
    int limit = Math.min(to, from + LONGEST_NAME + 1);
    int at = from;
    while (at < limit && isNameByte(b[at])) {
      at++;
    }
    boolean ends = at == to || b[at] == '=';
    return at > from && at <= from + LONGEST_NAME && ends ? at : -1;
  }

  /** Whether a field may have so many bytes. */
  static boolean isBelievable(long length) {
    return length >= 0 && length <= LONGEST_FIELD;
  }

  static boolean isCursor(byte[] b, int from, int to) {
    return Bytes.startsWith(b, from, to, CURSOR);
  }

  private static boolean isNameByte(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
  }

  private static boolean isStart(byte[] b, int from, int to) {
    return from + 1 < to
        && b[from] == '_'
        && b[from + 1] == '_'
        && (isCursor(b, from, to) || Bytes.startsWith(b, from, to, TIME));
  }
}
