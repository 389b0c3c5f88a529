package dev.logdash.core.ingest;

import dev.logdash.core.ingest.RecordReader.Next;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Passes over the rest of an entry of systemd's journal that has more lines or bytes than a record
 * may have, up to its end, so that nothing in a value is ever taken for an entry of its own. The
 * first bytes of the entry are kept.
 */
final class EntryRest {

  private final LineReader lines;
  private final int maxBytes;
  private final LineDigest digest;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1_024);
  private long bytes;
  private long end;
  private boolean terminated;
  private boolean ended;
  // Of a field that is no plain text: how many bytes of its length have come, or -1.
  private int lengthBytes = -1;
  private long length;
  // How many bytes of it, with the line feed behind it, have not come; 0 while that is not known.
  private long missing;

  /**
   * @param lines has read as much of an entry as a record may have
   * @param binary where in that the length of a field stands that has not all come, or 0
   */
  EntryRest(LineReader lines, int binary, int maxBytes) {
    this.lines = lines;
    this.maxBytes = maxBytes;
    this.digest = LineDigest.of(lines);
    byte[] b = lines.array();
    int to = lines.begin() + lines.size();
    if (binary > 0) {
      lengthBytes = 0;
      int from = lines.begin() + binary;
      takeBytes(b, from, to, to - from);
    }
    keep(b, lines.start(), to, to - lines.start());
  }

  /**
   * Passes over as much as there is.
   *
   * @return {@link Next#RECORD} at the end of the entry, or why that has not come
   */
  Next pass(boolean unterminatedToo, boolean mayWait) throws IOException {
    while (!ended) {
      if (!mayWait && !lines.isReady()) {
        return Next.LATER;
      }
      long before = lines.end();
      if (!lines.next(unterminatedToo)) {
        if (!unterminatedToo) {
          return Next.END;
        }
        ended = true;
      } else if (!take(lines.end() - before)) {
        lines.unread();
        ended = true;
      }
    }
    return Next.RECORD;
  }

  /** The entry as far as it is kept. */
  byte[] text() {
    byte[] text = kept.toByteArray();
    return Arrays.copyOf(text, (int) Math.min(text.length, fullLength()));
  }

  /** The bytes of the whole entry. */
  long fullLength() {
    return terminated ? bytes - 1 : bytes;
  }

  /** The place behind the entry, in the content. */
  long end() {
    return end;
  }

  /** The lines of the entry. */
  LineDigest digest() {
    return digest;
  }

  /** Whether the line that came last, of so many bytes, belongs to the entry. */
  private boolean take(long size) {
    boolean whole = lines.size() >= 0;
    byte[] b = lines.array();
    int from = whole ? lines.begin() : lines.start();
    int to = from + (whole ? lines.size() : lines.length());
    boolean belongs =
        lengthBytes >= 0 ? takeBytes(b, from, to, size) : takeField(b, from, to, whole);
    if (belongs) {
      digest.add(lines);
      keep(b, from, to, size);
    }
    return belongs;
  }

  private boolean takeField(byte[] b, int from, int to, boolean whole) {
    int stop = whole && lines.isTerminated() ? to - 1 : to;
    if (stop == from) {
      ended = true;
      return true;
    }
    int name = JournalEntry.endOfName(b, from, stop);
    if (name < 0 || JournalEntry.isCursor(b, from, stop)) {
      return false;
    }
    if (whole && name == stop) {
      lengthBytes = 0;
      length = 0;
    }
    return true;
  }

  private boolean takeBytes(byte[] b, int from, int to, long size) {
    int at = from;
    while (lengthBytes < JournalEntry.LENGTH_BYTES && at < to) {
      length |= (b[at] & 0xffL) << (8 * lengthBytes);
      lengthBytes++;
      at++;
    }
    if (lengthBytes < JournalEntry.LENGTH_BYTES) {
      return true;
    }
    if (missing == 0) {
      if (!JournalEntry.isBelievable(length)) {
        return false;
      }
      missing = length + 1;
    }
    missing -= size - (at - from);
    if (missing <= 0) {
      // A line that goes on behind the field says that this is no entry.
      ended = missing < 0;
      missing = 0;
      lengthBytes = -1;
    }
    return true;
  }

  private void keep(byte[] b, int from, int to, long size) {
    kept.write(b, from, Math.min(to - from, maxBytes - Math.min(maxBytes, kept.size())));
    bytes += size;
    end = lines.end();
    terminated = lines.size() >= 0 ? lines.isTerminated() : size > lines.fullLength();
  }
}
