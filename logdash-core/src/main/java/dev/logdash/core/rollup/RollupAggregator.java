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
          List<Count> counts = new ArrayList<>(8 * events.size());
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
    for (RollupDefinition definition : settings.definitions()) {
      List<String> series = definition.series(event);
      if (series == null) {
        continue;
      }
      long day = Math.floorDiv(event.observedNanos(), DAY_NANOS);
      List<String> admitted = admission.admit(definition.name(), day, series, offset);
      boolean error = definition.isError(event);
      long duration = definition.duration(event);
      for (Tier tier : settings.tiers()) {
        long window = tier.windowOf(event.timestampNanos());
        if (!tier.keeps(window, event.observedNanos())) {
          continue;
        }
        CellKey key = new CellKey(definition.name(), tier.seconds(), window, admitted, partition);
        OpenCell cell = cells.get(key);
        if (cell == null) {
          cell = new OpenCell(key);
          cells.put(key, cell);
          unknown.add(cell);
        }
        counts.add(new Count(cell, offset, error, duration));
      }
    }
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
      OpenCell cell = count.cell;
      boolean clean = !cell.isDirty();
      cell.fold(count.offset, count.error, count.duration, round);
      if (clean && cell.isDirty()) {
        dirty.add(cell);
      }
    }
  }

  private void evict() {
    if (cells.size() > MAX_IDLE_CELLS) {
      cells.values().removeIf(cell -> cell.touched() < round - 1);
    }
    if (cells.size() > MAX_IDLE_CELLS) {
      cells.clear();
    }
  }

  private record Count(OpenCell cell, long offset, boolean error, long duration) {}
}
