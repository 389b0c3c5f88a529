package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.Aggregation;
import dev.logdash.core.table.FunctionState;
import dev.logdash.core.table.TableBudget;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the groups of a table; a group is the numbers of its keys. */
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
  private final List<Aggregation.Function> functions;
  private final TableBudget budget;
  private long[] counts = new long[64];
  private @Nullable FunctionState[][] states;

  /**
   * @param functions what each group has a state of; none if its events are only counted
   */
  TableGroups(int keys, List<Aggregation.Function> functions, TableBudget budget) {
    this.keys = keys;
    this.functions = functions;
    this.budget = budget;
    this.states = new FunctionState[functions.isEmpty() ? 0 : counts.length][];
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
      if (!functions.isEmpty()) {
        states = Arrays.copyOf(states, capacity);
      }
    }
    counts[group]++;
  }

  /** The states of the functions for a group that was counted. */
  FunctionState[] states(int group) {
    FunctionState[] found = functions.isEmpty() ? new FunctionState[0] : states[group];
    if (found == null) {
      found = new FunctionState[functions.size()];
      Arrays.setAll(found, i -> FunctionState.of(functions.get(i), budget));
      states[group] = found;
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
