package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.core.store.DayIndex;
import dev.logdash.core.text.Tokenizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;

/**
 * What an index knows about itself, and keeps in the user data of its commits: its versions, the
 * offsets it has seen, the times of its events, whether it refused doc values to a field.
 *
 * <p>Each value only ever moves to the safe side and does so before a document is added. So a
 * commit, which reads them after it has taken its documents, can never have a document that they do
 * not cover.
 */
final class DayState {

  /** Format 1 had a term for each field that is there, and events of version 1; it is read. */
  static final int FORMAT = 2;

  private static final int OLDEST_FORMAT = 1;

  /** The most fields with doc values: numbers, and texts to group by. */
  static final int MAX_NUMBERS = 1_000;

  static final int MAX_TEXTS = 500;

  private static final String FORMAT_KEY = "format";
  private static final String TOKENIZER_KEY = "tokenizer";
  private static final String MIN_KEY = "minTime";
  private static final String MAX_KEY = "maxTime";
  private static final String NUMBERS_KEY = "numbersRefused";
  private static final String TEXTS_KEY = "textsRefused";
  private static final String OFFSET_KEY = "offset/";

  private final AtomicLong minTime = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong maxTime = new AtomicLong(Long.MIN_VALUE);
  private final Map<PartitionId, Long> offsets = new ConcurrentHashMap<>();
  private final KnownNames numbers;
  private final KnownNames texts;

  private DayState(KnownNames numbers, KnownNames texts) {
    this.numbers = numbers;
    this.texts = texts;
  }

  static DayState empty() {
    return new DayState(
        new KnownNames(MAX_NUMBERS, Set.of(), false), new KnownNames(MAX_TEXTS, Set.of(), false));
  }

  /** Reads what a commit has; refuses one that this version does not understand. */
  static DayState read(DayIndex name, Map<String, String> data, IndexReader reader) {
    require(name, FORMAT_KEY, data, OLDEST_FORMAT, FORMAT);
    require(name, TOKENIZER_KEY, data, Tokenizer.VERSION, Tokenizer.VERSION);
    Set<String> numberFields = new HashSet<>();
    Set<String> textFields = new HashSet<>();
    for (FieldInfo field : FieldInfos.getMergedFieldInfos(reader)) {
      if (field.name.startsWith(IndexFields.TEXTS)) {
        textFields.add(field.name);
      } else if (field.name.startsWith(IndexFields.LONGS)
          || field.name.startsWith(IndexFields.DOUBLES)) {
        numberFields.add(field.name);
      }
    }
    DayState state =
        new DayState(
            new KnownNames(MAX_NUMBERS, numberFields, data.containsKey(NUMBERS_KEY)),
            new KnownNames(MAX_TEXTS, textFields, data.containsKey(TEXTS_KEY)));
    if (data.containsKey(MIN_KEY)) {
      state.minTime.set(Long.parseLong(data.get(MIN_KEY)));
      state.maxTime.set(Long.parseLong(data.get(MAX_KEY)));
    }
    data.forEach(
        (key, value) -> {
          if (key.startsWith(OFFSET_KEY)) {
            int slash = key.indexOf('/', OFFSET_KEY.length());
            state.offsets.put(
                new PartitionId(
                    key.substring(slash + 1),
                    Integer.parseInt(key.substring(OFFSET_KEY.length(), slash))),
                Long.parseLong(value));
          }
        });
    return state;
  }

  Map<String, String> toCommitData() {
    Map<String, String> data = new HashMap<>();
    data.put(FORMAT_KEY, Integer.toString(FORMAT));
    data.put(TOKENIZER_KEY, Integer.toString(Tokenizer.VERSION));
    if (minTime.get() <= maxTime.get()) {
      data.put(MIN_KEY, Long.toString(minTime.get()));
      data.put(MAX_KEY, Long.toString(maxTime.get()));
    }
    if (numbers.isClosed()) {
      data.put(NUMBERS_KEY, "");
    }
    if (texts.isClosed()) {
      data.put(TEXTS_KEY, "");
    }
    offsets.forEach(
        (partition, offset) ->
            data.put(
                OFFSET_KEY + partition.partition() + '/' + partition.incarnation(),
                Long.toString(offset)));
    return data;
  }

  /** Whether every record of a batch lies behind those seen before. */
  boolean isNew(PartitionId partition, long firstOffset) {
    Long seen = offsets.get(partition);
    return seen == null || firstOffset > seen;
  }

  void cover(PartitionId partition, long lastOffset) {
    offsets.merge(partition, lastOffset, Math::max);
  }

  void coverTime(long nanos) {
    if (nanos < minTime.get()) {
      minTime.accumulateAndGet(nanos, Math::min);
    }
    if (nanos > maxTime.get()) {
      maxTime.accumulateAndGet(nanos, Math::max);
    }
  }

  long minTime() {
    return minTime.get();
  }

  long maxTime() {
    return maxTime.get();
  }

  KnownNames numbers() {
    return numbers;
  }

  KnownNames texts() {
    return texts;
  }

  private static void require(
      DayIndex name, String key, Map<String, String> data, int oldest, int newest) {
    String found = data.get(key);
    for (int known = oldest; known <= newest; known++) {
      if (Integer.toString(known).equals(found)) {
        return;
      }
    }
    throw new BackendException.Misconfigured(
        name.name() + " has " + key + " " + found + ", this version reads " + newest, null);
  }
}
