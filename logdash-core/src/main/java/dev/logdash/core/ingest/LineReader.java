package dev.logdash.core.ingest;

import dev.logdash.core.parse.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes at line feeds; a carriage return before one goes with it. Memory is
 * bounded by the longest line that is kept, however long a line is. Of a longer line the beginning
 * is kept and the rest is only counted.
 */
public final class LineReader {

  private static final int CHUNK = 256 * 1024;

  private final InputStream in;
  private final int maxLineBytes;
  private byte[] buffer = new byte[CHUNK];
  private int next;
  private int limit;
  private int knownFeed = -1;
  private boolean ended;
  private boolean atStart;
  private boolean unread;

  private byte[] array = buffer;
  private int start;
  private int length;
  private long fullLength;
  private long end;

  // Of a line that is whole in the buffer: where it begins there, and its bytes with those at its
  // ends that are left out.
  private int begin = -1;
  private int size;
  private int firstSize;

  /**
   * @param offset where the stream stands in its content
   */
  public LineReader(InputStream in, long offset, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
    this.end = offset;
    this.atStart = offset == 0;
  }

  /**
   * Reads the next line, which is then described by the accessors until the next call.
   *
   * @param unterminatedToo whether bytes that no line feed ends are a line when the stream ends
   * @return false if there is none
   */
  public boolean next(boolean unterminatedToo) throws IOException {
    if (unread) {
      unread = false;
      return true;
    }
    int scanned = next;
    while (true) {
      int feed = knownFeed >= 0 ? knownFeed : Bytes.indexOf(buffer, scanned, limit, '\n');
      knownFeed = -1;
      if (feed >= 0) {
        found(next, feed - next, 1);
        next = feed + 1;
        return true;
      }
      if (limit - next > maxLineBytes + 1) {
        return cutLine(unterminatedToo);
      }
      scanned = limit;
      int moved = next;
      if (!fill()) {
        if (!unterminatedToo || next == limit) {
          return false;
        }
        found(next, limit - next, 0);
        next = limit;
        return true;
      }
      scanned -= moved - next;
    }
  }

  /** Whether the next line can be read, at least begun, without waiting for the stream. */
  public boolean isReady() throws IOException {
    if (unread) {
      return true;
    }
    if (knownFeed < 0) {
      knownFeed = Bytes.indexOf(buffer, next, limit, '\n');
    }
    return knownFeed >= 0 || in.available() > 0;
  }

  /** Makes the next call give the same line again. */
  void unread() {
    unread = true;
  }

  /** What became of an attempt to add the next line to the last one. */
  enum Extension {
    ADDED,
    /** There is no further line, or none that a line feed ends where that is wanted. */
    NO_MORE,
    /** Both lines together would be longer than a line may be. */
    FULL,
    /** It would have to be waited for. */
    LATER
  }

  /**
   * Adds the next line to the last one, with the end of line that stands between. Where it cannot
   * be added, the last line stays as it is.
   *
   * @param mayWait whether to wait for the stream
   */
  Extension extend(boolean unterminatedToo, boolean mayWait) throws IOException {
    if (begin < 0) {
      return Extension.FULL;
    }
    int scanned = size;
    while (true) {
      int feed = Bytes.indexOf(buffer, begin + scanned, limit, '\n');
      if (feed >= 0) {
        return grow(feed + 1 - begin);
      }
      if (limit - begin > maxLineBytes + 2) {
        return Extension.FULL;
      }
      if (!mayWait && in.available() <= 0) {
        return Extension.LATER;
      }
      scanned = limit - begin;
      next = begin;
      boolean filled = fill();
      moved(next);
      next = begin + size;
      if (!filled) {
        return unterminatedToo && limit > next ? grow(limit - begin) : Extension.NO_MORE;
      }
    }
  }

  private Extension grow(int bytes) {
    int before = size;
    cutTo(bytes);
    if (fullLength > maxLineBytes) {
      cutTo(before);
      return Extension.FULL;
    }
    return Extension.ADDED;
  }

  private void moved(int newBegin) {
    start += newBegin - begin;
    begin = newBegin;
    array = buffer;
  }

  /** Makes the last line as long as so many of its bytes, which end with a line feed. */
  void cutTo(int bytes) {
    end += bytes - size;
    size = bytes;
    next = begin + size;
    int kept = rawLength() - (start - begin);
    if (isTerminated() && kept > 0 && buffer[start + kept - 1] == '\r') {
      kept--;
    }
    fullLength = kept;
    length = Math.min(kept, maxLineBytes);
  }

  /** The bytes of the last line, or lines, with what ends them; -1 if it is not kept as a whole. */
  int size() {
    return begin < 0 ? -1 : size;
  }

  /** As {@link #size}, of the line that the others were added to. */
  int firstSize() {
    return begin < 0 ? -1 : firstSize;
  }

  /** Where the last line begins, with what is left out of it. */
  int begin() {
    return begin;
  }

  /** How many lines were added together, with the first. */
  int count() {
    if (begin < 0 || size == firstSize) {
      return 1;
    }
    int feeds = 0;
    for (int i = begin; i < begin + size; i++) {
      feeds += buffer[i] == '\n' ? 1 : 0;
    }
    return isTerminated() ? feeds : feeds + 1;
  }

  /** Whether a line feed ends the last line. */
  boolean isTerminated() {
    return begin >= 0 && size > 0 && buffer[begin + size - 1] == '\n';
  }

  /** The bytes of the last line without its line feed alone. */
  private int rawLength() {
    return isTerminated() ? size - 1 : size;
  }

  /** Holds the line from {@link #start} on, until the next call. */
  byte[] array() {
    return array;
  }

  int start() {
    return start;
  }

  public byte[] copy() {
    return Arrays.copyOfRange(array, start, start + length);
  }

  public int length() {
    return length;
  }

  /** The bytes of the whole line, without its end; more than {@link #length} if it was cut. */
  public long fullLength() {
    return fullLength;
  }

  /** The place behind the line and its end, in the content. */
  public long end() {
    return end;
  }

  private void found(int from, int bytes, int feed) {
    end += bytes + feed;
    array = buffer;
    start = from;
    begin = bytes > maxLineBytes + 1 ? -1 : from;
    size = bytes + feed;
    firstSize = size;
    int kept = feed == 1 && bytes > 0 && buffer[from + bytes - 1] == '\r' ? bytes - 1 : bytes;
    if (atStart && kept >= 3 && isByteOrderMark(from)) {
      start += 3;
      kept -= 3;
    }
    atStart = false;
    fullLength = kept;
    length = Math.min(kept, maxLineBytes);
  }

  private boolean isByteOrderMark(int at) {
    return buffer[at] == (byte) 0xEF
        && buffer[at + 1] == (byte) 0xBB
        && buffer[at + 2] == (byte) 0xBF;
  }

  private boolean cutLine(boolean unterminatedToo) throws IOException {
    byte[] kept = Arrays.copyOfRange(buffer, next, next + maxLineBytes);
    long bytes = 0;
    byte last = 0;
    atStart = false;
    while (true) {
      int feed = Bytes.indexOf(buffer, next, limit, '\n');
      int until = feed >= 0 ? feed : limit;
      bytes += until - next;
      if (until > next) {
        last = buffer[until - 1];
      }
      next = until;
      boolean more = feed < 0 && fill();
      if (more) {
        continue;
      }
      if (feed < 0 && !unterminatedToo) {
        return false;
      }
      array = kept;
      begin = -1;
      start = 0;
      length = maxLineBytes;
      end += bytes + (feed >= 0 ? 1 : 0);
      fullLength = feed >= 0 && last == '\r' ? bytes - 1 : bytes;
      next = feed >= 0 ? feed + 1 : limit;
      return true;
    }
  }

  /** Reads more behind what is there; moves it to the front or grows the buffer to make room. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (next > 0) {
      System.arraycopy(buffer, next, buffer, 0, limit - next);
      limit -= next;
      next = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, maxLineBytes + CHUNK));
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      ended = true;
      return false;
    }
    limit += read;
    return true;
  }
}
