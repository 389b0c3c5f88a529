package dev.logdash.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes databases in the format of MaxMind DB 2.0, with records of 24 bits.
 *
 * @see <a href="https://maxmind.github.io/MaxMind-DB/">MaxMind DB File Format Specification</a>
 */
final class MaxMindFile {

  private static final int NOTHING = -1;
  private static final int SEPARATOR = 16;

  private final int ipVersion;
  private final List<int[]> nodes = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final List<Integer> rows = new ArrayList<>();

  MaxMindFile(int ipVersion) {
    this.ipVersion = ipVersion;
    node();
  }

  /** Adds a row for a network that no other overlaps. */
  MaxMindFile add(String network, int prefix, Map<String, ?> row) throws UnknownHostException {
    byte[] address = InetAddress.getByName(network).getAddress();
    int bits = prefix;
    if (ipVersion == 6 && address.length == 4) {
      address = ByteBuffer.allocate(16).position(12).put(address).array();
      bits += 96;
    }
    int node = 0;
    for (int bit = 0; bit < bits - 1; bit++) {
      int side = bit(address, bit);
      if (nodes.get(node)[side] == NOTHING) {
        int next = node();
        nodes.get(node)[side] = next;
      }
      node = nodes.get(node)[side];
    }
    rows.add(data.size());
    // Below -1 stand the rows, until the number of nodes is known.
    nodes.get(node)[bit(address, bits - 1)] = -1 - rows.size();
    write(row, data);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int record : node) {
        int value = record;
        if (record == NOTHING) {
          value = nodes.size();
        } else if (record < NOTHING) {
          value = nodes.size() + SEPARATOR + rows.get(-2 - record);
        }
        out.write(value >> 16);
        out.write(value >> 8);
        out.write(value);
      }
    }
    out.writeBytes(new byte[SEPARATOR]);
    out.writeBytes(data.toByteArray());
    out.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(ISO_8859_1));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("node_count", (long) nodes.size());
    metadata.put("record_size", (short) 24);
    metadata.put("ip_version", (short) ipVersion);
    metadata.put("binary_format_major_version", (short) 2);
    metadata.put("binary_format_minor_version", (short) 0);
    metadata.put("build_epoch", 1_700_000_000L);
    metadata.put("database_type", "Test");
    metadata.put("languages", List.of("en"));
    metadata.put("description", Map.of("en", "Test"));
    write(metadata, out);
    return out.toByteArray();
  }

  private int node() {
    nodes.add(new int[] {NOTHING, NOTHING});
    return nodes.size() - 1;
  }

  private static int bit(byte[] address, int at) {
    return address[at / 8] >> (7 - at % 8) & 1;
  }

  private static void write(Object value, ByteArrayOutputStream out) {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(UTF_8);
      control(2, bytes.length, out);
      out.writeBytes(bytes);
    } else if (value instanceof Double number) {
      control(3, 8, out);
      out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    } else if (value instanceof Short number) {
      control(5, 2, out);
      out.writeBytes(ByteBuffer.allocate(2).putShort(number).array());
    } else if (value instanceof Long number) {
      control(6, 4, out);
      out.writeBytes(ByteBuffer.allocate(4).putInt(number.intValue()).array());
    } else if (value instanceof Map<?, ?> map) {
      control(7, map.size(), out);
      map.forEach(
          (key, element) -> {
            write(key, out);
            write(element, out);
          });
    } else {
      List<?> list = (List<?>) value;
      // An array is of the extended types, whose number follows less 7.
      out.write(list.size());
      out.write(11 - 7);
      list.forEach(element -> write(element, out));
    }
  }

  private static void control(int type, int size, ByteArrayOutputStream out) {
    if (size < 29) {
      out.write(type << 5 | size);
    } else {
      out.write(type << 5 | 29);
      out.write(size - 29);
    }
  }
}
