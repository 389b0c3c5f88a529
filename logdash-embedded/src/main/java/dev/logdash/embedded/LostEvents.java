package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.core.store.DayIndex;

/** Says that what was appended has to be appended again. */
final class LostEvents {

  private LostEvents() {}

  static BackendException of(DayIndex name, PartitionId partition, long offset) {
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
