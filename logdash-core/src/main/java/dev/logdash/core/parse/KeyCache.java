package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were seen before, by their bytes, so that the names of repeated keys are looked up and
 * decoded once. Remembers at most {@value #SLOTS} keys; a key pushes out another of its place when
 * all {@value #WAYS} slots of that place are taken.
 */
final class KeyCache {

  private static final int SLOTS = 1_024;
  private static final int WAYS = 4;

  private final Function<String, Key> known;
  private final byte[] @Nullable [] names = new byte[SLOTS][];
  private final @Nullable Key[] keys = new Key[SLOTS];
  // Whether a name looks in JSON as it is.
  private final boolean[] plain = new boolean[SLOTS];
  // The keys of a source come in one order, so the one behind the last is known without its hash.
  private final int[] slotBehind = new int[SLOTS];
  private int last;
  private int pushedOut;

  KeyCache() {
    this(KnownKeys::of);
  }

  /**
   * @param known what keys mean
   */
  KeyCache(Function<String, Key> known) {
    this.known = known;
  }

  /** The key whose bytes fill the range. */
  Key get(byte[] b, int from, int to) {
    int guess = slotBehind[last];
    byte[] name = names[guess];
    if (name != null && name.length == to - from && Bytes.startsWith(b, from, to, name)) {
      last = guess;
    } else {
      int slot = slot(b, from, to);
      slotBehind[last] = slot;
      last = slot;
    }
    return last();
  }

  /**
   * Where the key ends that came behind the last one before, if it stands here with a sign behind
   * it, else -1; it is the last key then.
   */
  int endOfGuess(byte[] b, int from, int to, char sign) {
    int guess = slotBehind[last];
    byte[] name = names[guess];
    if (name == null
        || !plain[guess]
        || !Bytes.startsWith(b, from, to - 1, name)
        || b[from + name.length] != sign) {
      return -1;
    }
    last = guess;
    return from + name.length;
  }

  /** The key that was given or guessed last. */
  Key last() {
    return Objects.requireNonNull(keys[last]);
  }

  private int slot(byte[] b, int from, int to) {
    int hash = to - from;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + b[at];
    }
    int place = (hash ^ hash >>> 15) & (SLOTS - WAYS);
    for (int slot = place; slot < place + WAYS; slot++) {
      byte[] name = names[slot];
      if (name == null) {
        return remember(slot, b, from, to);
      }
      if (Arrays.equals(name, 0, name.length, b, from, to)) {
        return slot;
      }
    }
    return remember(place + (pushedOut++ & (WAYS - 1)), b, from, to);
  }

  private int remember(int slot, byte[] b, int from, int to) {
    keys[slot] = known.apply(new String(b, from, to - from, UTF_8));
    names[slot] = Arrays.copyOfRange(b, from, to);
    plain[slot] = Bytes.endOfPlainJson(b, from, to) == to;
    return slot;
  }
}
