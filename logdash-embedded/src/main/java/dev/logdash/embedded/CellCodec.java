package dev.logdash.embedded;

import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cells as bytes. Keys compare, byte by byte without sign, by definition, tier and window, so that
 * the cells of a range stand together.
 */
final class CellCodec {

  private CellCodec() {}

  /** The smallest key that a window can have. */
  static byte[] lowerBound(String definition, int tierSeconds, long windowStart) {
    Bytes bytes = new Bytes(64);
    writePrefix(bytes, definition, tierSeconds, windowStart);
    return bytes.toByteArray();
  }

  /** A key behind every cell of a definition. */
  static byte[] behind(String definition) {
    return lowerBound(definition, Integer.MAX_VALUE, Long.MAX_VALUE);
  }

  static byte[] encodeKey(CellKey key) {
    Bytes bytes = new Bytes(64);
    writePrefix(bytes, key.definition(), key.tierSeconds(), key.windowStart());
    bytes.writeVarLong(key.dimensions().size());
    for (String dimension : key.dimensions()) {
      writeText(bytes, dimension);
    }
    writeText(bytes, key.partition().incarnation());
    bytes.writeVarLong(key.partition().partition());
    return bytes.toByteArray();
  }

  static CellKey decodeKey(byte[] key) {
    Bytes bytes = new Bytes(key);
    String definition = readText(bytes);
    int tierSeconds = (int) bytes.readFixed(4);
    long windowStart = bytes.readFixed(8) ^ Long.MIN_VALUE;
    int count = (int) bytes.readVarLong();
    List<String> dimensions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      dimensions.add(readText(bytes));
    }
    String incarnation = readText(bytes);
    int partition = (int) bytes.readVarLong();
    return new CellKey(
        definition, tierSeconds, windowStart, dimensions, new PartitionId(incarnation, partition));
  }

  static byte[] encodeValue(Cell cell) {
    byte[] sketch = cell.sketch();
    Bytes bytes = new Bytes(32 + sketch.length);
    bytes.writeZigZag(cell.offset());
    bytes.writeZigZag(cell.count());
    bytes.writeZigZag(cell.errors());
    bytes.writeZigZag(cell.sum());
    bytes.writeBytes(sketch, sketch.length);
    return bytes.toByteArray();
  }

  static long offset(byte[] value) {
    return new Bytes(value).readZigZag();
  }

  static Cell decode(CellKey key, byte[] value) {
    Bytes bytes = new Bytes(value);
    return new Cell(
        key,
        bytes.readZigZag(),
        bytes.readZigZag(),
        bytes.readZigZag(),
        bytes.readZigZag(),
        bytes.readRest());
  }

  private static void writePrefix(Bytes bytes, String definition, int tier, long windowStart) {
    writeText(bytes, definition);
    bytes.writeFixed(tier, 4);
    // Without the sign bit turned, windows before 1970 would come behind the others.
    bytes.writeFixed(windowStart ^ Long.MIN_VALUE, 8);
  }

  private static void writeText(Bytes bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.writeVarLong(utf8.length);
    bytes.writeBytes(utf8, utf8.length);
  }

  private static String readText(Bytes bytes) {
    return new String(bytes.readBytes((int) bytes.readVarLong()), StandardCharsets.UTF_8);
  }
}
