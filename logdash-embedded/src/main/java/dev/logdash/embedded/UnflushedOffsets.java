package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.EventBatch;
import dev.logdash.core.store.DayIndex;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From which offset on the events of each partition are not on the disk yet, and from which on they
 * are lost: those have to be appended again before anything of their partition is believed safe.
 * Safe for use by many threads.
 */
final class UnflushedOffsets {

  private final DayIndex name;
  private final Map<PartitionId, Long> unflushed = new ConcurrentHashMap<>();
  private final Map<PartitionId, Long> flushing = new ConcurrentHashMap<>();
  private final Map<PartitionId, Long> lost = new ConcurrentHashMap<>();

  UnflushedOffsets(DayIndex name) {
    this.name = name;
  }

  /** Takes note of events before the first of them is added. */
  void appended(PartitionId partition, long firstOffset) {
    unflushed.merge(partition, firstOffset, Math::min);
  }

  /** A commit begins, with all that was appended; nobody appends meanwhile. */
  void flushing() {
    unflushed.forEach((partition, offset) -> flushing.merge(partition, offset, Math::min));
    unflushed.clear();
  }

  /** The commit that began last is on the disk. */
  void flushed() {
    flushing.clear();
  }

  /** What is not on the disk will never be. */
  void lose() {
    for (Map<PartitionId, Long> gone : List.of(unflushed, flushing)) {
      gone.forEach((partition, offset) -> lost.merge(partition, offset, Math::min));
      gone.clear();
    }
  }

  /** Takes note that a partition is appended again from an offset on. */
  void replayed(PartitionId partition, long firstOffset) {
    lost.computeIfPresent(partition, (key, from) -> firstOffset <= from ? null : from);
  }

  boolean isAnyLost() {
    return !lost.isEmpty();
  }

  /**
   * Refuses a batch that goes on behind lost events.
   *
   * @throws BackendException.Unavailable if there are some before it
   */
  void requireReplayed(EventBatch batch) {
    Long from = lost.get(batch.partition());
    if (from != null && batch.firstOffset() > from) {
      throw lost(batch.partition(), from);
    }
  }

  /**
   * Refuses to go on while events are lost.
   *
   * @throws BackendException.Unavailable if there are some
   */
  void requireReplayed() {
    Iterator<Map.Entry<PartitionId, Long>> entries = lost.entrySet().iterator();
    if (entries.hasNext()) {
      Map.Entry<PartitionId, Long> entry = entries.next();
      throw lost(entry.getKey(), entry.getValue());
    }
  }

  private BackendException lost(PartitionId partition, long offset) {
    return new BackendException.Unavailable(
        "events of "
            + name.name()
            + " were lost before they were flushed; append "
            + partition
            + " again from offset "
            + offset,
        null);
  }
}
