package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far each input of a lane was appended, the least recently appended first. */
final class Positions {

  private static final float LOAD_FACTOR = 0.75f;

  private final LinkedHashMap<String, Long> ends = new LinkedHashMap<>(16, LOAD_FACTOR, true);
  private final int max;
  private long carriedBytes;

  Positions(int max) {
    this.max = max;
  }

  void reached(String key, long end) {
    Long known = ends.get(key);
    if (known == null) {
      ends.put(key, end);
      carriedBytes += bytes(key);
      trim();
    } else if (known < end) {
      ends.put(key, end);
    }
  }

  /** The largest end appended under a key, or -1. */
  long end(String key) {
    Long known = ends.get(key);
    return known == null ? -1 : known;
  }

  int count() {
    return ends.size();
  }

  Iterable<Map.Entry<String, Long>> leastRecentFirst() {
    return ends.entrySet();
  }

  /** At most how many bytes a segment needs to carry these positions. */
  long carriedBytes() {
    return Frame.HEADER_BYTES + carriedBytes;
  }

  private void trim() {
    if (ends.size() > max) {
      Iterator<String> keys = ends.keySet().iterator();
      carriedBytes -= bytes(keys.next());
      keys.remove();
    }
  }

  // The two numbers take up to 15 bytes; the frame around each 16 KiB is far less than the rest.
  private static long bytes(String key) {
    return 3L * key.length() + Math.max(32, key.getBytes(UTF_8).length / 8);
  }
}
