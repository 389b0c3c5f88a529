package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.SourcePosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * How far each input of a lane was appended, the least recently appended first. What the open
 * append adds counts when it is published.
 */
final class Positions {

  private static final float LOAD_FACTOR = 0.75f;

  private final LinkedHashMap<String, SourcePosition> ends =
      new LinkedHashMap<>(16, LOAD_FACTOR, true);
  private final TreeMap<String, SourcePosition> byKey = new TreeMap<>();
  private final int max;
  private final List<SourcePosition> pending = new ArrayList<>();
  private long carriedBytes;

  Positions(int max) {
    this.max = max;
  }

  /** Takes note of a record of the open append. */
  void add(SourcePosition position) {
    int last = pending.size() - 1;
    if (last >= 0 && pending.get(last).key().equals(position.key())) {
      if (pending.get(last).end() < position.end()) {
        pending.set(last, position);
      }
    } else {
      pending.add(position);
    }
  }

  /** Forgets what the open append added. */
  void forget() {
    pending.clear();
  }

  /** Lets count what the open append added. */
  void publish() {
    pending.forEach(this::reached);
    pending.clear();
  }

  void reached(SourcePosition position) {
    SourcePosition known = ends.get(position.key());
    if (known != null && known.end() >= position.end()) {
      return;
    }
    ends.put(position.key(), position);
    byKey.put(position.key(), position);
    if (known == null) {
      carriedBytes += bytes(position.key());
      trim();
    }
  }

  /** The largest end appended under a key, or -1. */
  long end(String key) {
    SourcePosition known = ends.get(key);
    return known == null ? -1 : known.end();
  }

  /** The positions whose key begins with a text. */
  Collection<SourcePosition> beginningWith(String prefix) {
    return byKey.subMap(prefix, prefix + Character.MAX_VALUE).values();
  }

  int count() {
    return ends.size();
  }

  Iterable<SourcePosition> leastRecentFirst() {
    return ends.values();
  }

  /** At most how many bytes a segment needs to carry these positions. */
  long carriedBytes() {
    return Frame.HEADER_BYTES + carriedBytes;
  }

  private void trim() {
    if (ends.size() > max) {
      Iterator<String> keys = ends.keySet().iterator();
      String oldest = keys.next();
      carriedBytes -= bytes(oldest);
      keys.remove();
      byKey.remove(oldest);
    }
  }

  // The numbers take up to 19 bytes; the frame around each 16 KiB is far less than the rest.
  private static long bytes(String key) {
    return 3L * key.length() + Math.max(32, key.getBytes(UTF_8).length / 8);
  }
}
