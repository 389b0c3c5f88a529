package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of frames. Not for several threads: it remembers the strings of the last ones. */
final class RecordDecoder {

  private static final int INTERNED = 256;

  private final String producer;
  private final String[] strings = new String[INTERNED];
  private final byte[][] stringBytes = new byte[INTERNED][];

  RecordDecoder(String producer) {
    this.producer = producer;
  }

  RawRecord decode(FrameReader frame) {
    Cursor cursor = frame.payload();
    int flags = frame.flags();
    if ((flags & Frame.HAS_FORCED) != 0) {
      cursor.skip(4);
    }
    int epoch = (int) cursor.varint();
    String dataset =
        (flags & Frame.HAS_DATASET) != 0 ? interned(cursor) : RawRecord.DEFAULT_DATASET;
    String source = interned(cursor);
    Map<String, String> headers = (flags & Frame.HAS_HEADERS) != 0 ? headers(cursor) : Map.of();
    if ((flags & Frame.HAS_POSITION) != 0) {
      cursor.skip((int) cursor.varint());
      cursor.varint();
      cursor.skip((flags & Frame.HAS_CHECK) != 0 ? 4 : 0);
    }
    long seq = frame.seq();
    return new RawRecord(
        new Origin(producer, epoch, seq),
        seq,
        frame.received(),
        dataset,
        source,
        headers,
        cursor.array,
        cursor.at,
        cursor.end - cursor.at);
  }

  /** How much of the segment was forced before this record was appended, or -1 if it is unsaid. */
  static long forced(FrameReader frame) {
    if (!frame.isRecord() || (frame.flags() & Frame.HAS_FORCED) == 0) {
      return -1;
    }
    Cursor cursor = frame.payload();
    return Frame.getInt(cursor.array, cursor.at) & 0xFFFFFFFFL;
  }

  /** Remembers the positions that a frame carries or reaches. */
  static void positions(FrameReader frame, Positions positions) {
    int flags = frame.flags();
    Cursor cursor = frame.payload();
    if ((flags & Frame.CARRIED) != 0) {
      while (cursor.at < cursor.end) {
        positions.reached(position(cursor, flags));
      }
    } else if (frame.isRecord() && (flags & Frame.HAS_POSITION) != 0) {
      cursor.skip((flags & Frame.HAS_FORCED) != 0 ? 4 : 0);
      cursor.varint();
      if ((flags & Frame.HAS_DATASET) != 0) {
        cursor.skip((int) cursor.varint());
      }
      cursor.skip((int) cursor.varint());
      if ((flags & Frame.HAS_HEADERS) != 0) {
        for (long strings = 2 * cursor.varint(); strings > 0; strings--) {
          cursor.skip((int) cursor.varint());
        }
      }
      positions.reached(position(cursor, flags));
    }
  }

  private static SourcePosition position(Cursor cursor, int flags) {
    String key = cursor.string();
    long end = cursor.varint();
    boolean checked = (flags & Frame.HAS_CHECK) != 0;
    int check = checked ? Frame.getInt(cursor.array, cursor.at) : 0;
    cursor.skip(checked ? 4 : 0);
    return new SourcePosition(key, end, check);
  }

  /** The format version that a header frame names, or -1 for another frame. */
  static int version(FrameReader frame) {
    Cursor cursor = frame.payload();
    if (frame.flags() != Frame.HEADER || cursor.end - cursor.at < 8) {
      return -1;
    }
    return Frame.getInt(cursor.array, cursor.at + 4) >>> 16;
  }

  private static Map<String, String> headers(Cursor cursor) {
    int count = (int) cursor.varint();
    Map<String, String> headers = new HashMap<>(2 * count);
    for (int i = 0; i < count; i++) {
      headers.put(cursor.string(), cursor.string());
    }
    return headers;
  }

  private String interned(Cursor cursor) {
    int size = (int) cursor.varint();
    int start = cursor.at;
    cursor.skip(size);
    if (size == 0) {
      return "";
    }
    byte[] array = cursor.array;
    int slot = (size * 31 + array[start + size - 1] * 7 + array[start + size / 2]) & (INTERNED - 1);
    byte @Nullable [] known = stringBytes[slot];
    if (known != null && Arrays.equals(known, 0, known.length, array, start, start + size)) {
      return strings[slot];
    }
    String text = new String(array, start, size, UTF_8);
    strings[slot] = text;
    stringBytes[slot] = Arrays.copyOfRange(array, start, start + size);
    return text;
  }

  /** A place in a payload. A checksum has vouched for the bytes, so they are well formed. */
  static final class Cursor {

    final byte[] array;
    final int end;
    int at;

    Cursor(byte[] array, int at, int end) {
      this.array = array;
      this.at = at;
      this.end = end;
    }

    void skip(int count) {
      at += count;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte b = array[at++];
        value |= (b & 0x7FL) << shift;
        if (b >= 0) {
          return value;
        }
      }
    }

    String string() {
      int size = (int) varint();
      String text = new String(array, at, size, UTF_8);
      at += size;
      return text;
    }
  }
}
