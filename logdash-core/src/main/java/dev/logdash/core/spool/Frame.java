package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * How a segment is laid out: frames one behind the other, big-endian.
 *
 * <pre>
 * u32 length of what follows the checksum | u32 checksum | u64 seq | u64 received, ns | u8 flags | payload
 *
 * header  (first frame)   "LDSG" | u16 version | u16 lane | u32 number of carried positions
 * carried (then, n times) { string key | varint end [| u32 check] } to the end of the frame
 * record  (then)          [u32 forced] varint epoch [string dataset] string source
 *                         [varint n, n x { string, string }]
 *                         [string key, varint end [, u32 check]] body
 * </pre>
 *
 * The checksum is CRC-32C from seq on, combined with a salt of lane and segment, so that bytes of
 * another segment which the file system brings back never pass for records of this one. {@code
 * forced} stands in the first record of each append: so many bytes of the segment were on the disk
 * by then. What it covers cannot have been torn by a power loss, only damaged.
 */
final class Frame {

  /** In version 1 no position has a check. */
  static final int VERSION = 2;

  static final int PREFIX = 8;
  static final int SEQ = 8;
  static final int RECEIVED = 16;
  static final int FLAGS = 24;
  static final int PAYLOAD = 25;
  static final int MIN_LENGTH = PAYLOAD - PREFIX;

  static final int HAS_FORCED = 1;
  static final int HAS_DATASET = 1 << 1;
  static final int HAS_HEADERS = 1 << 2;
  static final int HAS_POSITION = 1 << 3;
  static final int HAS_CHECK = 1 << 4;
  static final int HEADER = 1 << 6;
  static final int CARRIED = 1 << 7;
  static final int RECORD_FLAGS = HAS_FORCED | HAS_DATASET | HAS_HEADERS | HAS_POSITION | HAS_CHECK;

  static final byte[] MAGIC = "LDSG".getBytes(US_ASCII);
  static final int HEADER_BYTES = PAYLOAD + 4 + 2 + 2 + 4;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Frame() {}

  static int getInt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  static long getLong(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  static int salt(long producerId, long segment) {
    byte[] bytes = new byte[16];
    putLong(bytes, 0, producerId);
    putLong(bytes, 8, segment);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }

  /** Fills in the checksum of a frame whose length and content stand. */
  static void seal(CRC32C crc, byte[] bytes, int at, int salt) {
    putInt(bytes, at + 4, checksum(crc, bytes, at, getInt(bytes, at)) ^ salt);
  }

  static boolean isSealed(CRC32C crc, byte[] bytes, int at, int length, int salt) {
    return getInt(bytes, at + 4) == (checksum(crc, bytes, at, length) ^ salt);
  }

  private static int checksum(CRC32C crc, byte[] bytes, int at, int length) {
    crc.reset();
    crc.update(bytes, at + PREFIX, length);
    return (int) crc.getValue();
  }
}
