package dev.logdash.core.pipeline;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognises records that a producer sent again at a later offset, by the last sequence number of
 * each producer. Kept in the snapshot: forgotten over a crash, it would let every resent record
 * count twice.
 *
 * <p>A lane of a spool holds the records of one producer, each at its own sequence, so nothing has
 * to be remembered for it; nor for foreign records, whose id is their place in the topic.
 */
final class ProducerSequences {

  /** About 20 MB; the producer that was quiet for longest is forgotten first. */
  private static final int MAX_PRODUCERS = 100_000;

  private final String incarnation;
  private final Map<String, Long> atSnapshot = new Bounded();
  private final Map<String, Long> now = new Bounded();
  private final ArrayDeque<Step> since = new ArrayDeque<>();

  ProducerSequences(PartitionId partition, Map<String, Long> saved) {
    this.incarnation = partition.incarnation();
    atSnapshot.putAll(saved);
    now.putAll(saved);
  }

  /** Whether records of this origin may come again at another offset. */
  boolean canResend(Origin origin) {
    return !origin.producer().equals(incarnation) && !origin.isForeign();
  }

  /** Whether a record is new; false for one that its producer sent before. */
  boolean admit(RawRecord record) {
    Origin origin = record.origin();
    if (!canResend(origin)) {
      return true;
    }
    Long last = now.remove(origin.producer());
    if (last != null && origin.seq() <= last) {
      now.put(origin.producer(), last);
      return false;
    }
    now.put(origin.producer(), origin.seq());
    since.add(new Step(record.offset(), origin.producer(), origin.seq()));
    return true;
  }

  /**
   * The last sequences of the records below an offset.
   *
   * @param offset not below that of the last call
   */
  Map<String, Long> below(long offset) {
    Iterator<Step> steps = since.iterator();
    while (steps.hasNext()) {
      Step step = steps.next();
      if (step.offset >= offset) {
        break;
      }
      atSnapshot.remove(step.producer);
      atSnapshot.put(step.producer, step.seq);
      steps.remove();
    }
    return Map.copyOf(atSnapshot);
  }

  private record Step(long offset, String producer, long seq) {}

  private static final class Bounded extends LinkedHashMap<String, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MAX_PRODUCERS;
    }
  }
}
