package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;

/** Says that what was appended has to be appended again. */
final class LostEvents {

  private LostEvents() {}

  static BackendException of(DayName name, PartitionId partition, long offset) {
    return new BackendException.Unavailable(
        "events of "
            + name
            + " were lost before they were flushed; append "
            + partition
            + " again from offset "
            + offset,
        null);
  }
}
