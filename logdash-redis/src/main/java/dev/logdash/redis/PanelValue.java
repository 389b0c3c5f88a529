package dev.logdash.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A panel as bytes: the generation of its scope, a version, a checksum over its name and its text,
 * the text. Whatever else is found under its name is no panel.
 */
final class PanelValue {

  static final int GENERATION_BYTES = 16;

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + 4;

  private PanelValue() {}

  /** Everything behind the generation. */
  static byte[] encode(byte[] name, String panel) {
    byte[] text = panel.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEADER_BYTES + text.length)
        .put(VERSION)
        .putInt(checksum(name, text))
        .put(text)
        .array();
  }

  /** The panel, or null if it is none or of another generation. */
  static @Nullable String decode(byte[] name, byte[] value, byte[] generation) {
    if (value.length < GENERATION_BYTES + HEADER_BYTES
        || !Arrays.equals(Arrays.copyOf(value, GENERATION_BYTES), generation)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(value).position(GENERATION_BYTES);
    boolean known = bytes.get() == VERSION;
    int checksum = bytes.getInt();
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    return known && checksum == checksum(name, text)
        ? new String(text, StandardCharsets.UTF_8)
        : null;
  }

  /** The generation that Redis keeps, or the one before all others. */
  static byte[] generation(byte @Nullable [] stored) {
    return stored != null && stored.length == GENERATION_BYTES
        ? stored
        : new byte[GENERATION_BYTES];
  }

  private static int checksum(byte[] name, byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(name);
    crc.update(text);
    return (int) crc.getValue();
  }
}
