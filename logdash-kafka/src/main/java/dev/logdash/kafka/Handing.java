package dev.logdash.kafka;

import dev.logdash.api.event.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Hands what was polled to the readers of its partitions, and pauses those that want no more. For
 * the poll thread alone, but for the counts.
 */
final class Handing {

  private final LongAdder records = new LongAdder();
  private final LongAdder foreign = new LongAdder();
  private volatile long lag;

  /** How many records were handed out. */
  long records() {
    return records.sum();
  }

  /** How many of them no producer of ours wrote. */
  long foreign() {
    return foreign.sum();
  }

  /** How many records the partitions that are read had left at the last poll. */
  long lag() {
    return lag;
  }

  void handOut(
      Consumer<byte[], byte[]> consumer,
      List<KafkaAssignment> assignments,
      ConsumerRecords<byte[], byte[]> polled) {
    long left = 0;
    for (KafkaAssignment assignment : assignments) {
      PartitionReader reader = assignment.reader;
      if (reader == null || reader.isEnded()) {
        continue;
      }
      handOut(consumer, assignment, reader, polled.records(assignment.partition()));
      left += consumer.currentLag(assignment.partition()).orElse(0);
    }
    lag = left;
  }

  private void handOut(
      Consumer<byte[], byte[]> consumer,
      KafkaAssignment assignment,
      PartitionReader reader,
      List<ConsumerRecord<byte[], byte[]>> found) {
    TopicPartition partition = assignment.partition();
    if (!found.isEmpty()) {
      List<RawRecord> batch = batch(partition, found);
      long next = behind(consumer, partition, batch.get(batch.size() - 1).offset() + 1);
      assignment.handedOut = Math.max(assignment.handedOut, next);
      reader.emit(batch, next);
    } else if (reader.wantsMore() && consumer.currentLag(partition).orElse(-1) == 0) {
      reader.idle(behind(consumer, partition, assignment.handedOut));
    } else {
      return;
    }
    if (!reader.wantsMore()) {
      consumer.pause(Set.of(partition));
    }
  }

  private List<RawRecord> batch(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> found) {
    List<RawRecord> batch = new ArrayList<>(found.size());
    String place = partition.topic() + '-' + partition.partition();
    for (ConsumerRecord<byte[], byte[]> each : found) {
      RawRecord record = KafkaRecords.read(each, place);
      batch.add(record);
      if (record.origin().isForeign()) {
        foreign.increment();
      }
    }
    records.add(batch.size());
    return batch;
  }

  /**
   * The next offset, behind what is no record too: marks of transactions, and what was compacted.
   */
  private static long behind(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long otherwise) {
    try {
      return consumer.position(partition, Duration.ZERO);
    } catch (TimeoutException | WakeupException e) {
      // Being made sure of with a new leader; what was polled must be handed out all the same.
      return otherwise;
    }
  }
}
