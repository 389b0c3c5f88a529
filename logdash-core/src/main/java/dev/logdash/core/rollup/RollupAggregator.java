package dev.logdash.core.rollup;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Folds the events of one partition into cells. A cell is read from the store when it is first
 * touched and counts only events behind its offset, so that a replay changes nothing. Used by one
 * worker at a time.
 *
 * <p>A window that the tier no longer kept when its record was received is not counted in that
 * tier; the event still counts in the wider ones.
 */
public final class RollupAggregator {

  private static final long DAY_NANOS = 86_400L * 1_000_000_000L;

  /** Cells kept in memory beyond those that wait to be written. About 300 bytes each. */
  private static final int MAX_IDLE_CELLS = 20_000;

  /** Cells asked for or written in one call of the store. */
  private static final int STORE_BATCH = 5_000;

  private final PartitionId partition;
  private final RollupStore store;
  private final RollupSettings settings;
  private final SeriesAdmission admission;
  private final Map<CellKey, OpenCell> cells = new HashMap<>();
  private final List<OpenCell> dirty = new ArrayList<>();
  // By definition: what was admitted since the last write.
  private final List<Map<List<String>, Series>> recent = new ArrayList<>();
  private long round;
  private long lastReceivedNanos;

  /**
   * @param saved what {@link #saveAdmission} gave when the partition was last worked on; may be
   *     empty
   * @param fromOffset the offset where the records start now
   */
  public RollupAggregator(
      PartitionId partition,
      RollupStore store,
      RollupSettings settings,
      String saved,
      long fromOffset) {
    this.partition = partition;
    this.store = store;
    this.settings = settings;
    this.admission = new SeriesAdmission(settings.maxSeries());
    admission.load(AdmissionCodec.read(saved), fromOffset);
    settings.definitions().forEach(definition -> recent.add(new HashMap<>()));
  }

  /**
   * Counts events in.
   *
   * @param events in the order of their records
   * @param offsets of their records, one for each event
   */
  public Mono<Void> fold(List<LogEvent> events, long[] offsets) {
    return Mono.defer(
        () -> {
          List<Count> counts = new ArrayList<>();
          List<OpenCell> unknown = new ArrayList<>();
          for (int i = 0; i < events.size(); i++) {
            collect(events.get(i), offsets[i], counts, unknown);
          }
          return load(unknown, 0).then(Mono.fromRunnable(() -> apply(counts)));
        });
  }

  /**
   * Writes what changed since the last time.
   *
   * @return false if another process has written one of the cells, and this one must start again
   */
  public Mono<Boolean> write() {
    return Mono.defer(
        () -> {
          round++;
          return write(0);
        });
  }

  /** The admitted series, if there are new ones since the last call; else the empty string. */
  public String saveAdmission() {
    recent.forEach(Map::clear);
    if (!admission.isChanged()) {
      return "";
    }
    return AdmissionCodec.write(admission.save(Math.floorDiv(lastReceivedNanos, DAY_NANOS)));
  }

  private Mono<Boolean> write(int from) {
    if (from >= dirty.size()) {
      dirty.clear();
      evict();
      return Mono.just(true);
    }
    List<OpenCell> part = dirty.subList(from, Math.min(dirty.size(), from + STORE_BATCH));
    List<CellWrite> writes = new ArrayList<>(part.size());
    for (OpenCell cell : part) {
      writes.add(cell.write());
    }
    return store
        .write(writes)
        .flatMap(
            refused -> {
              if (!refused.isEmpty()) {
                return Mono.just(false);
              }
              part.forEach(OpenCell::written);
              return write(from + STORE_BATCH);
            });
  }

  private void collect(LogEvent event, long offset, List<Count> counts, List<OpenCell> unknown) {
    lastReceivedNanos = event.observedNanos();
    long day = Math.floorDiv(event.observedNanos(), DAY_NANOS);
    for (int i = 0; i < settings.definitions().size(); i++) {
      RollupDefinition definition = settings.definitions().get(i);
      List<String> values = definition.series(event);
      if (values == null) {
        continue;
      }
      Series series = series(i, day, values, offset);
      boolean error = definition.isError(event);
      long duration = definition.duration(event);
      for (int t = 0; t < settings.tiers().size(); t++) {
        Tier tier = settings.tiers().get(t);
        long window = tier.windowOf(event.timestampNanos());
        if (!tier.keeps(window, event.observedNanos())) {
          continue;
        }
        OpenCell cell = series.last[t];
        if (cell == null || cell.key().windowStart() != window) {
          cell = open(definition, tier, window, series.admitted, unknown);
          series.last[t] = cell;
        }
        // What is not loaded yet has all of its events counted behind that.
        if (cell.isLoaded()) {
          count(cell, offset, error, duration);
        } else {
          counts.add(new Count(cell, offset, error, duration));
        }
      }
    }
  }

  /** What a series of a definition is counted as, on a day. */
  private Series series(int definition, long day, List<String> values, long offset) {
    Map<List<String>, Series> known = recent.get(definition);
    Series series = known.get(values);
    if (series == null || series.day != day) {
      List<String> admitted =
          admission.admit(settings.definitions().get(definition).name(), day, values, offset);
      series = new Series(day, admitted, new OpenCell[settings.tiers().size()]);
      // There are endless others.
      if (admitted.equals(values)) {
        known.put(values, series);
      }
    }
    return series;
  }

  private OpenCell open(
      RollupDefinition definition,
      Tier tier,
      long window,
      List<String> series,
      List<OpenCell> unknown) {
    CellKey key = new CellKey(definition.name(), tier.seconds(), window, series, partition);
    OpenCell cell = cells.get(key);
    if (cell == null) {
      cell = new OpenCell(key);
      cells.put(key, cell);
      unknown.add(cell);
    }
    return cell;
  }

  private Mono<Void> load(List<OpenCell> unknown, int from) {
    if (from >= unknown.size()) {
      return Mono.empty();
    }
    List<OpenCell> part = unknown.subList(from, Math.min(unknown.size(), from + STORE_BATCH));
    List<CellKey> keys = new ArrayList<>(part.size());
    part.forEach(cell -> keys.add(cell.key()));
    return store
        .load(keys)
        .doOnNext(
            stored -> {
              Map<CellKey, Cell> byKey = new HashMap<>();
              stored.forEach(cell -> byKey.put(cell.key(), cell));
              part.forEach(cell -> cell.load(byKey.get(cell.key())));
            })
        .then(Mono.defer(() -> load(unknown, from + STORE_BATCH)));
  }

  private void apply(List<Count> counts) {
    for (Count count : counts) {
      count(count.cell, count.offset, count.error, count.duration);
    }
  }

  private void count(OpenCell cell, long offset, boolean error, long duration) {
    boolean clean = !cell.isDirty();
    cell.fold(offset, error, duration, round);
    if (clean && cell.isDirty()) {
      dirty.add(cell);
    }
  }

  private void evict() {
    recent.forEach(Map::clear);
    if (cells.size() > MAX_IDLE_CELLS) {
      cells.values().removeIf(cell -> cell.touched() < round - 1);
    }
    if (cells.size() > MAX_IDLE_CELLS) {
      cells.clear();
    }
  }

  private record Count(OpenCell cell, long offset, boolean error, long duration) {}

  /** A series on a day of reception, with the cell of the last window of each tier. */
  private static final class Series {
    private final long day;
    private final List<String> admitted;
    private final @Nullable OpenCell[] last;

    Series(long day, List<String> admitted, @Nullable OpenCell[] last) {
      this.day = day;
      this.admitted = admitted;
      this.last = last;
    }
  }
}
