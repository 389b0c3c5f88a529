package dev.logdash.core.ingest;

import dev.logdash.core.ingest.RecordReader.Next;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the entries of systemd's journal among the lines of an input: JSON of what is
 * whole, text of what is torn, of what is too large its beginning.
 */
final class EntryReader {

  private static final byte[] NONE = new byte[0];

  private final LineReader lines;
  private final int maxBytes;
  // The record where it is not as it stands in the input.
  private byte[] made = NONE;
  private boolean torn;
  // Of an entry that goes on behind what a record may have.
  private @Nullable EntryRest rest;
  private boolean restEnded;
  private boolean restUnread;
  private boolean openEnds;
  // Of an entry that was given out before it was whole: its bytes in front of the record, and with
  // the record.
  private int openBefore;
  private int openBehind;
  private boolean taken;

  /**
   * @param openBefore what {@link JournalEntry#openBefore} says of the place where the lines begin
   */
  EntryReader(LineReader lines, int openBefore, int maxBytes) {
    this.lines = lines;
    this.openBefore = openBefore;
    this.maxBytes = maxBytes;
  }

  /**
   * Makes entries that the input does not end be text as far as their lines have come. What comes
   * later of such an entry is text too. One that ends within a field that is no plain text stays
   * open, and so does one of which {@link JournalEntry#openBefore} would not find the begin.
   */
  void endOpen() {
    openEnds = true;
  }

  /** Whether the next record is the rest of an entry, or one that is to be given again. */
  boolean isPassing() {
    return restUnread || (rest != null && !restEnded);
  }

  /** Whether a record is to be given again that the lines do not hold. */
  boolean isUnread() {
    return restUnread;
  }

  /** Goes on with such a record. */
  Next pass(boolean unterminatedToo, boolean mayWait) throws IOException {
    EntryRest open = rest;
    if (restUnread || open == null) {
      restUnread = false;
      return Next.RECORD;
    }
    Next found = open.pass(unterminatedToo, mayWait);
    if (found == Next.RECORD) {
      restEnded = true;
      made = open.text();
      torn = open.digest().count() > 1;
    }
    return found;
  }

  /** Lets go of the last record, before another line is read. */
  void forget() {
    if (taken) {
      taken = false;
      openBefore = openBehind;
    }
    openBehind = 0;
    rest = null;
    made = NONE;
    torn = false;
  }

  /** Takes note whether the last record is done with, or will be given again. */
  void taken(boolean isTaken) {
    taken = isTaken;
    restUnread = !isTaken && restEnded && rest != null;
  }

  /** Whether the last line begins an entry, or goes on with one that was given out too early. */
  boolean isNext() {
    return goesOn() || JournalEntry.isBegunBy(lines);
  }

  private boolean goesOn() {
    return openBefore > 0 && JournalEntry.goesOnWith(lines);
  }

  /** Takes note that the last line has more than a record may have. */
  void passOver() {
    // Else a field behind it could bring an entry of its own.
    openBehind = goesOn() ? JournalEntry.LONGEST_OPEN + 1 : 0;
  }

  /** Reads the entry that the last line begins or goes on with. */
  Next read(boolean unterminatedToo, boolean mayWait) throws IOException {
    boolean goesOn = goesOn();
    int size = lines.size();
    JournalEntry entry = new JournalEntry(lines);
    Next found = entry.read(unterminatedToo, mayWait);
    if (entry.isCut()) {
      rest = entry.rest(maxBytes);
      restEnded = false;
      return pass(unterminatedToo, mayWait);
    }
    int open = openBefore + lines.size();
    boolean ends = openEnds && entry.isPlain() && open <= JournalEntry.LONGEST_OPEN;
    if (found == Next.END && ends) {
      openBehind = open;
      torn = lines.size() > size;
      return Next.RECORD;
    }
    if (found != Next.RECORD || lines.size() == size) {
      return found;
    }
    if (entry.isWhole() && !goesOn) {
      byte[] json = entry.toJson();
      if (json.length <= maxBytes) {
        made = json;
        return Next.RECORD;
      }
    }
    torn = true;
    return Next.RECORD;
  }

  /** The record where it is not as it stands in the input; else empty. */
  byte[] made() {
    return made;
  }

  /** Whether the record is text although its first line says otherwise. */
  boolean isTorn() {
    return torn;
  }

  /** The entry that the record is the beginning of, if it is one that is too large. */
  @Nullable EntryRest rest() {
    return rest;
  }
}
