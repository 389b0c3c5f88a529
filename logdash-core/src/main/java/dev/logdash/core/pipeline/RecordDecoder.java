package dev.logdash.core.pipeline;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The first half of the road for one partition: passes over what was sent before, joins lines, and
 * makes events. Synchronous; used by one worker at a time.
 */
final class RecordDecoder {

  private final RecordJoiner joiner;
  private final ProducerSequences sequences;
  private final Function<RawRecord, LogEvent> understand;
  private final String incarnation;
  private boolean hasOthers;

  /**
   * @param understand parses and enriches; pure, and may throw for a record it cannot handle
   */
  RecordDecoder(
      PartitionId partition,
      Snapshot start,
      LineJoining joining,
      JoinLimits limits,
      Function<RawRecord, LogEvent> understand) {
    this.joiner =
        new RecordJoiner(
            joining,
            limits,
            start.nextOffset(),
            start.timeNanos(),
            start.straddling(),
            start.cuts());
    this.sequences = new ProducerSequences(partition, start.producers());
    this.understand = understand;
    this.incarnation = partition.incarnation();
  }

  DecodedBatch decode(RecordBatch batch) {
    List<JoinedRecord> done = new ArrayList<>(batch.records().size());
    for (RawRecord record : batch.records()) {
      hasOthers |= !record.origin().producer().equals(incarnation);
      if (sequences.admit(record)) {
        joiner.accept(record, done);
      } else {
        joiner.acceptRepeated(record, done);
      }
    }
    joiner.bound(batch.nextOffset(), batch.boundNanos(), done);
    List<Long> cuts = joiner.takeCuts();
    // The bound of a lane of a spool is never wrong: it stamps the records itself.
    DecodedBatch decoded = hasOthers ? new DecodedBatch(true, cuts) : new DecodedBatch();
    for (JoinedRecord joined : done) {
      decode(joined, decoded);
    }
    long next = joiner.nextOffset();
    decoded.finish(
        batch.bytes(),
        new DecodedBatch.Resume(
            next, joiner.timeBelowNext(), joiner.straddling(), sequences.below(next)));
    return decoded;
  }

  private void decode(JoinedRecord joined, DecodedBatch decoded) {
    if (joined.repeated()) {
      decoded.repeat(joined);
      return;
    }
    RawRecord record = joined.record();
    LogEvent event;
    try {
      event = understand.apply(record);
    } catch (RuntimeException | StackOverflowError e) {
      decoded.fail(joined, DeadLetterReason.DECODE, e.toString());
      return;
    }
    boolean canResend =
        sequences.canResend(record.origin()) || record.headers().containsKey(Headers.EVENT_ID);
    decoded.add(joined, event, canResend);
  }
}
