package dev.logdash.api.store;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import java.util.List;

/**
 * Events of one partition, in its order; the unit of writing.
 *
 * @param partition where the records came from
 * @param firstOffset the smallest offset of the records
 * @param lastOffset the largest offset of the records
 * @param resendable whether an id may also come at another offset, because a producer can send a
 *     record again. Where it cannot, an id found above every offset appended before is new without
 *     looking
 * @param events at most a few thousand; may be empty
 */
public record EventBatch(
    PartitionId partition,
    long firstOffset,
    long lastOffset,
    boolean resendable,
    List<LogEvent> events) {

  public EventBatch {
    events = List.copyOf(events);
  }
}
