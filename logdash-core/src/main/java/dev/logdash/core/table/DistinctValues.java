package dev.logdash.core.table;

import dev.logdash.api.store.Aggregation;
import java.util.Arrays;

/**
 * How many different values there are; for one thread at a time. Of the hashes of the values the
 * {@link Aggregation.Distinct#EXACT} smallest are kept. Up to that many the number is exact, as far
 * as 64 bits tell values apart; beyond, how far the largest of them is from zero says how dense
 * they lie (Bar-Yossef et al.: "Counting distinct elements in a data stream", RANDOM 2002). The
 * same values give the same number, in whatever order and however often they come.
 */
final class DistinctValues {

  private static final int KEPT = Aggregation.Distinct.EXACT;
  // Twice as many as are kept, so that sorting them out is rare; the table is at most half full.
  private static final int MOST = 2 * KEPT;
  private static final int FIRST_CAPACITY = 16;
  private static final double HASHES = 0x1p64;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final TableBudget budget;
  // Open addressing; 0 is a free place, so the hash 0 counts as the hash 1.
  private long[] table = new long[FIRST_CAPACITY];
  private int size;
  // Only what is smaller can still matter; unsigned, as are all comparisons.
  private long bound = -1L;

  DistinctValues(TableBudget budget) {
    this.budget = budget;
    budget.take((long) Long.BYTES * FIRST_CAPACITY);
  }

  /** The hash of a value by its group key: FNV-1a, finished as in MurmurHash3. */
  static long hash(CharSequence key) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  void add(long hash) {
    long kept = hash == 0 ? 1 : hash;
    if (Long.compareUnsigned(kept, bound) > 0 || !put(table, kept)) {
      return;
    }
    size++;
    if (size == MOST) {
      keepTheSmallest();
    } else if (2 * size > table.length) {
      budget.take((long) Long.BYTES * table.length);
      long[] larger = new long[2 * table.length];
      for (long each : table) {
        if (each != 0) {
          put(larger, each);
        }
      }
      table = larger;
    }
  }

  double count() {
    if (size > KEPT) {
      keepTheSmallest();
    }
    // The bound is what it was at first until there was one hash too many.
    if (bound == -1L) {
      return size;
    }
    double distance = (bound >>> 1) * 2.0 / HASHES;
    return Math.max(KEPT + 1, Math.rint((KEPT - 1) / distance));
  }

  private void keepTheSmallest() {
    long[] sorted = Arrays.stream(table).filter(each -> each != 0).toArray();
    // With the first bit turned over, the order of signed numbers is that of unsigned ones.
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    Arrays.sort(sorted);
    Arrays.fill(table, 0);
    size = KEPT;
    for (int i = 0; i < KEPT; i++) {
      put(table, sorted[i] ^ Long.MIN_VALUE);
    }
    bound = sorted[KEPT - 1] ^ Long.MIN_VALUE;
  }

  private static boolean put(long[] table, long hash) {
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & mask;
    }
    table[at] = hash;
    return true;
  }
}
