package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.query.ExactSum;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts and sums of the groups of a table; a group is the numbers of its keys. */
final class TableGroups {

  // A hundred times what a table may show; more would endanger the host's memory.
  private static final int MAX_GROUPS = 1_000_000;
  private static final int ROOT = 0;

  // Pairs of small numbers, which most are, have a place in an array.
  private static final int SMALL_BITS = 6;
  private static final int MAX_SMALL = 1 << 18;

  // One for each key but the first: the number so far and that of the next key make a new number.
  private final LongIds[] pairs;
  private final int[][] small;
  private final int keys;
  private final int functions;
  private long[] counts = new long[64];
  private @Nullable ExactSum[][] sums;

  /**
   * @param functions how many sums each group has
   */
  TableGroups(int keys, int functions) {
    this.keys = keys;
    this.functions = functions;
    this.sums = new ExactSum[functions == 0 ? 0 : counts.length][];
    this.pairs = new LongIds[Math.max(0, keys - 1)];
    Arrays.setAll(pairs, i -> new LongIds());
    this.small = new int[pairs.length][0];
  }

  /**
   * The number of a combination of keys.
   *
   * @param before of the keys before this one; anything for the first
   * @param level which key this is, from 0 on
   * @param id the number of the key
   */
  int combine(int before, int level, int id) {
    int combined = level == 0 ? id : combine(before, level - 1, id, (before << SMALL_BITS) + id);
    if (combined >= MAX_GROUPS) {
      throw new BackendException.Rejected(
          "the table has more than " + MAX_GROUPS + " groups; narrow the query", null);
    }
    return combined;
  }

  private int combine(int before, int pair, int id, int place) {
    long key = (long) before << 32 | id;
    if (id >= 1 << SMALL_BITS || before >= MAX_SMALL >> SMALL_BITS) {
      return pairs[pair].idOf(key);
    }
    int[] known = small[pair];
    if (place >= known.length) {
      known = Arrays.copyOf(known, Math.min(MAX_SMALL, Math.max(1 << 12, 2 * place)));
      small[pair] = known;
    }
    int combined = known[place] - 1;
    if (combined < 0) {
      combined = pairs[pair].idOf(key);
      known[place] = combined + 1;
    }
    return combined;
  }

  void add(int group) {
    if (group >= counts.length) {
      int capacity = Math.max(group + 1, 2 * counts.length);
      counts = Arrays.copyOf(counts, capacity);
      if (functions > 0) {
        sums = Arrays.copyOf(sums, capacity);
      }
    }
    counts[group]++;
  }

  /** The sums of a group that was counted. */
  ExactSum[] sums(int group) {
    ExactSum[] found = functions == 0 ? new ExactSum[0] : sums[group];
    if (found == null) {
      found = new ExactSum[functions];
      Arrays.setAll(found, i -> new ExactSum());
      sums[group] = found;
    }
    return found;
  }

  /** One more than the largest number of a group; those between may have no events. */
  int end() {
    return counts.length;
  }

  long count(int group) {
    return counts[group];
  }

  /** The numbers of the keys of a group. */
  int[] keys(int group) {
    int[] ids = new int[keys];
    int combined = group;
    for (int level = keys - 1; level > 0; level--) {
      long pair = pairs[level - 1].key(combined);
      ids[level] = (int) pair;
      combined = (int) (pair >>> 32);
    }
    if (keys > 0) {
      ids[ROOT] = combined;
    }
    return ids;
  }
}
