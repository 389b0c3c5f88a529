package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were seen before, by their bytes, so that the names of repeated keys are looked up and
 * decoded once. Remembers at most {@value #SLOTS} keys; a key pushes out the one in its slot.
 */
final class KeyCache {

  private static final int SLOTS = 1_024;

  private final byte[] @Nullable [] names = new byte[SLOTS][];
  private final @Nullable Key[] keys = new Key[SLOTS];

  /** The key whose bytes fill the range. */
  Key get(byte[] b, int from, int to) {
    int hash = to - from;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + b[at];
    }
    int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
    byte[] name = names[slot];
    Key key = keys[slot];
    if (name != null && key != null && Arrays.equals(name, 0, name.length, b, from, to)) {
      return key;
    }
    Key found = KnownKeys.of(new String(b, from, to - from, UTF_8));
    names[slot] = Arrays.copyOfRange(b, from, to);
    keys[slot] = found;
    return found;
  }
}
