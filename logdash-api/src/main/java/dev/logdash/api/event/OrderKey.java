package dev.logdash.api.event;

/**
 * The place of an event in the one total order that every store and every page keeps: by time, then
 * by producer, then by the producer's own sequence. Two different events never share a key.
 *
 * @param timestampNanos nanoseconds since 1970-01-01T00:00Z
 * @param producer an ASCII name, compared by its characters
 * @param seq the producer's sequence number
 */
public record OrderKey(long timestampNanos, String producer, long seq)
    implements Comparable<OrderKey> {

  @Override
  public int compareTo(OrderKey other) {
    int byTime = Long.compare(timestampNanos, other.timestampNanos);
    if (byTime != 0) {
      return byTime;
    }
    int byProducer = producer.compareTo(other.producer);
    return byProducer != 0 ? byProducer : Long.compare(seq, other.seq);
  }
}
