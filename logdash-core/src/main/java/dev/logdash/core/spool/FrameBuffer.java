package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.Submission;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Encoded frames in memory. Those of the active segment stay here until they are forced to the
 * disk, since a failed force may have lost them there.
 */
final class FrameBuffer {

  private static final int INITIAL_BYTES = 16 * 1024;
  // A lane that is busy has about so much unforced; larger buffers are given back.
  private static final int KEPT_BYTES = 4 * 1024 * 1024;

  private final CRC32C crc = new CRC32C();
  private byte[] bytes = new byte[INITIAL_BYTES];
  private int end;

  // Records of one source come in runs.
  private String lastSource = "";
  private byte[] lastSourceBytes = new byte[0];
  private String lastKey = "";
  private byte[] lastKeyBytes = new byte[0];

  byte[] bytes() {
    return bytes;
  }

  int end() {
    return end;
  }

  /** Forgets what stands behind a place. */
  void cut(int newEnd) {
    end = newEnd;
  }

  /** Forgets the first bytes. */
  void drop(int count) {
    int rest = end - count;
    if (rest < KEPT_BYTES / 2 && bytes.length > KEPT_BYTES) {
      bytes = Arrays.copyOfRange(bytes, count, count + KEPT_BYTES);
    } else {
      System.arraycopy(bytes, count, bytes, 0, rest);
    }
    end = rest;
  }

  /**
   * Appends a record, unless it is longer than allowed.
   *
   * @param forced the mark of the first record of an append, or -1
   * @return whether it was appended
   */
  boolean record(
      Submission record, long seq, long received, int epoch, long forced, int salt, int maxBytes) {
    int start = end;
    byte[] body = record.body();
    if (body.length > maxBytes) {
      return false;
    }
    int flags = 0;
    begin(seq, received);
    if (forced >= 0) {
      flags |= Frame.HAS_FORCED;
      putInt((int) forced);
    }
    putVarint(epoch);
    if (!record.dataset().equals(RawRecord.DEFAULT_DATASET)) {
      flags |= Frame.HAS_DATASET;
      putBytes(record.dataset().getBytes(UTF_8));
    }
    if (!record.source().equals(lastSource)) {
      lastSource = record.source();
      lastSourceBytes = lastSource.getBytes(UTF_8);
    }
    putBytes(lastSourceBytes);
    if (!record.headers().isEmpty()) {
      flags |= Frame.HAS_HEADERS;
      putHeaders(record.headers());
    }
    SourcePosition position = record.position();
    if (position != null) {
      flags |= Frame.HAS_POSITION;
      putPosition(position.key(), position.end());
      if (position.check() != 0) {
        flags |= Frame.HAS_CHECK;
        putInt(position.check());
      }
    }
    putRaw(body);
    if (end - start > maxBytes) {
      end = start;
      return false;
    }
    finish(start, flags, salt);
    return true;
  }

  void header(int lane, long seq, long received, int carried, int salt) {
    int start = end;
    begin(seq, received);
    putRaw(Frame.MAGIC);
    ensure(8);
    putInt(Frame.VERSION << 16 | lane);
    putInt(carried);
    finish(start, Frame.HEADER, salt);
  }

  /** Appends positions, several frames of moderate size where they are many. */
  void carried(Iterable<SourcePosition> positions, long seq, long received, int salt) {
    int start = -1;
    for (SourcePosition position : positions) {
      if (start < 0) {
        start = end;
        begin(seq, received);
      }
      putPosition(position.key(), position.end());
      putInt(position.check());
      if (end - start > INITIAL_BYTES) {
        finish(start, Frame.CARRIED | Frame.HAS_CHECK, salt);
        start = -1;
      }
    }
    if (start >= 0) {
      finish(start, Frame.CARRIED | Frame.HAS_CHECK, salt);
    }
  }

  /**
   * Appends all frames of another buffer for another segment, where none of their bytes is forced.
   */
  void moved(FrameBuffer other, int salt) {
    int start = end;
    ensure(other.end);
    System.arraycopy(other.bytes, 0, bytes, start, other.end);
    end += other.end;
    for (int at = start; at < end; at += Frame.PREFIX + Frame.getInt(bytes, at)) {
      if ((bytes[at + Frame.FLAGS] & Frame.HAS_FORCED) != 0) {
        Frame.putInt(bytes, at + Frame.PAYLOAD, 0);
      }
      Frame.seal(crc, bytes, at, salt);
    }
  }

  private void begin(long seq, long received) {
    ensure(Frame.PAYLOAD + 16);
    Frame.putLong(bytes, end + Frame.SEQ, seq);
    Frame.putLong(bytes, end + Frame.RECEIVED, received);
    end += Frame.PAYLOAD;
  }

  private void finish(int start, int flags, int salt) {
    bytes[start + Frame.FLAGS] = (byte) flags;
    Frame.putInt(bytes, start, end - start - Frame.PREFIX);
    Frame.seal(crc, bytes, start, salt);
  }

  private void putHeaders(Map<String, String> headers) {
    putVarint(headers.size());
    headers.forEach(
        (name, value) -> {
          putBytes(name.getBytes(UTF_8));
          putBytes(value.getBytes(UTF_8));
        });
  }

  private void putPosition(String key, long value) {
    if (!key.equals(lastKey)) {
      lastKey = key;
      lastKeyBytes = key.getBytes(UTF_8);
    }
    putBytes(lastKeyBytes);
    putVarint(value);
  }

  private void putBytes(byte[] value) {
    putVarint(value.length);
    putRaw(value);
  }

  private void putRaw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, end, value.length);
    end += value.length;
  }

  private void putInt(int value) {
    ensure(4);
    Frame.putInt(bytes, end, value);
    end += 4;
  }

  private void putVarint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[end++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[end++] = (byte) rest;
  }

  private void ensure(int count) {
    if (bytes.length - end < count) {
      int wanted = Math.addExact(end, count);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
  }
}
