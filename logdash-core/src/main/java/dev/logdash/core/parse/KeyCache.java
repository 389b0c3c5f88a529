package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were seen before, by their bytes, so that the names of repeated keys are looked up and
 * decoded once. Remembers at most {@value #SLOTS} keys; a key pushes out another of its place when
 * all {@value #WAYS} slots of that place are taken.
 */
final class KeyCache {

  private static final int SLOTS = 1_024;
  private static final int WAYS = 4;

  private final byte[] @Nullable [] names = new byte[SLOTS][];
  private final @Nullable Key[] keys = new Key[SLOTS];
  private int pushedOut;

  /** The key whose bytes fill the range. */
  Key get(byte[] b, int from, int to) {
    int hash = to - from;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + b[at];
    }
    int place = (hash ^ hash >>> 15) & (SLOTS - WAYS);
    for (int slot = place; slot < place + WAYS; slot++) {
      byte[] name = names[slot];
      Key key = keys[slot];
      if (name == null || key == null) {
        return remember(slot, b, from, to);
      }
      if (Arrays.equals(name, 0, name.length, b, from, to)) {
        return key;
      }
    }
    return remember(place + (pushedOut++ & (WAYS - 1)), b, from, to);
  }

  private Key remember(int slot, byte[] b, int from, int to) {
    Key found = KnownKeys.of(new String(b, from, to - from, UTF_8));
    names[slot] = Arrays.copyOfRange(b, from, to);
    keys[slot] = found;
    return found;
  }
}
