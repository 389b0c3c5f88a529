package dev.logdash.core.pipeline;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.RecordBatch;
import java.util.List;
import java.util.function.Function;

/**
 * The first half of the road for one partition: lines joined, parsed and enriched. In this package
 * since that is nobody else's business.
 */
public final class PartitionEvents {

  private final RecordDecoder decoder;
  private DecodedBatch last = new DecodedBatch();

  /** Starts in front of the first record. */
  public PartitionEvents(PartitionId partition, Function<RawRecord, LogEvent> understand) {
    decoder =
        new RecordDecoder(
            partition, Snapshot.START, new TraceJoining(), JoinLimits.DEFAULTS, understand);
  }

  /** The events that are complete with a batch. */
  public List<LogEvent> of(RecordBatch batch) {
    last = decoder.decode(batch);
    return last.events();
  }

  /** The offsets of the records of the last events. */
  public long[] offsets() {
    return last.offsets();
  }
}
