package dev.logdash.embedded;

import java.util.Arrays;

/** Numbers for longs, from 0 on in the order in which they are first asked for. */
final class LongIds {

  private static final int FIRST_CAPACITY = 64;
  private static final int NONE = -1;

  // Open addressing: the number of the key whose place this is, or NONE.
  private int[] table = new int[FIRST_CAPACITY];
  private long[] keys = new long[FIRST_CAPACITY / 2];
  private int size;

  LongIds() {
    Arrays.fill(table, NONE);
  }

  int size() {
    return size;
  }

  long key(int id) {
    return keys[id];
  }

  /** The number of a key, a new one if it has none yet. */
  int idOf(long key) {
    int mask = table.length - 1;
    int place = hash(key) & mask;
    int id = table[place];
    while (id != NONE) {
      if (keys[id] == key) {
        return id;
      }
      place = (place + 1) & mask;
      id = table[place];
    }
    return add(key, place);
  }

  private int add(long key, int place) {
    if (size == keys.length) {
      grow();
      return idOf(key);
    }
    keys[size] = key;
    table[place] = size;
    return size++;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * keys.length);
    table = new int[2 * table.length];
    Arrays.fill(table, NONE);
    int mask = table.length - 1;
    for (int id = 0; id < size; id++) {
      int place = hash(keys[id]) & mask;
      while (table[place] != NONE) {
        place = (place + 1) & mask;
      }
      table[place] = id;
    }
  }

  private static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
