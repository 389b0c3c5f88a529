package dev.logdash.api.event;

import java.util.Objects;

/**
 * One ordered stream of records: a lane of a spool or a partition of a topic.
 *
 * @param incarnation one life of the source: the producer id of a lane, or cluster and topic id. A
 *     new spool or a re-created topic has a new one, so offsets of the old life never match
 * @param partition the number of the lane or of the partition
 */
public record PartitionId(String incarnation, int partition) implements Comparable<PartitionId> {

  public PartitionId {
    Objects.requireNonNull(incarnation, "incarnation");
    if (partition < 0) {
      throw new IllegalArgumentException("partition is negative: " + partition);
    }
  }

  @Override
  public int compareTo(PartitionId other) {
    int byIncarnation = incarnation.compareTo(other.incarnation);
    return byIncarnation != 0 ? byIncarnation : Integer.compare(partition, other.partition);
  }

  @Override
  public String toString() {
    return incarnation + '/' + partition;
  }
}
