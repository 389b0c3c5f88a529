package dev.logdash.kafka;

import dev.logdash.api.event.RawRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What logdash takes a record of a topic for. In this package since that is nobody else's business.
 */
public final class TopicRecords {

  private TopicRecords() {}

  /**
   * The record of a record.
   *
   * @param place the topic and the partition, with a hyphen between
   */
  public static RawRecord of(ConsumerRecord<byte[], byte[]> record, String place) {
    return KafkaRecords.read(record, place);
  }
}
