package dev.logdash.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Where a {@link KafkaLogSink} writes.
 *
 * @param properties what the clients of Kafka are told, under Kafka's own names, for example {@code
 *     bootstrap.servers}, {@code security.protocol}, {@code sasl.jaas.config}; never logged
 * @param topic made if it is not there and may be made
 * @param partitions how many a new topic gets; at least 1
 * @param retention how long a new topic keeps records
 * @param maxBufferBytes how many bytes are held that the broker does not have yet, at least 1; a
 *     batch that comes while nothing is held is taken whatever its size
 * @param maxRecordBytes the largest record, with its headers; at least 1
 */
public record KafkaSinkConfig(
    Map<String, String> properties,
    String topic,
    int partitions,
    Duration retention,
    long maxBufferBytes,
    int maxRecordBytes) {

  // A broker takes 1,048,588 bytes unless it is told otherwise; the rest is for the frame.
  private static final int MAX_RECORD_BYTES = 1_000_000;

  public KafkaSinkConfig {
    properties = Map.copyOf(properties);
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(retention, "retention");
    if (partitions < 1 || maxBufferBytes < 1 || maxRecordBytes < 1) {
      throw new IllegalArgumentException("partitions and limits are to be positive");
    }
  }

  /** Six partitions, seven days, 16 MiB and about 1 MB. */
  public static KafkaSinkConfig of(Map<String, String> properties, String topic) {
    return new KafkaSinkConfig(
        properties, topic, 6, Duration.ofDays(7), 16L * 1024 * 1024, MAX_RECORD_BYTES);
  }

  /** The same with another shape of a topic that is made. */
  public KafkaSinkConfig withNewTopic(int newPartitions, Duration newRetention) {
    return new KafkaSinkConfig(
        properties, topic, newPartitions, newRetention, maxBufferBytes, maxRecordBytes);
  }

  /** The same with other limits, in bytes. */
  public KafkaSinkConfig withLimits(long bufferBytes, int recordBytes) {
    return new KafkaSinkConfig(properties, topic, partitions, retention, bufferBytes, recordBytes);
  }

  /** For the records that could not be understood: {@code <topic>.dlq}, otherwise the same. */
  public KafkaSinkConfig deadLetters() {
    return new KafkaSinkConfig(
        properties, topic + ".dlq", partitions, retention, maxBufferBytes, maxRecordBytes);
  }

  /** Without the properties, among which there may be passwords. */
  @Override
  public String toString() {
    return "KafkaSinkConfig[topic=" + topic + "]";
  }
}
