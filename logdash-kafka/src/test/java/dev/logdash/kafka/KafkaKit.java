package dev.logdash.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.testing.kafka.KafkaServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of one broker, and what is in them. */
final class KafkaKit {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  final String bootstrap;

  KafkaKit(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  static KafkaKit shared() {
    return new KafkaKit(KafkaServer.shared().bootstrap());
  }

  static String newName() {
    return "logs-" + UUID.randomUUID();
  }

  String newTopic(int partitions) {
    String name = newName();
    create(name, partitions);
    return name;
  }

  void create(String name, int partitions) {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
          .all()
          .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  void delete(String name) {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  void grow(String name, int partitions) {
    try (Admin admin = admin()) {
      admin
          .createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
          .all()
          .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  void forget(String name, int partition, long before) {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(before)))
          .all()
          .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  long committed(String group, String topic, int partition) {
    try (Admin admin = admin()) {
      var offset =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(60, TimeUnit.SECONDS)
              .get(new TopicPartition(topic, partition));
      return offset == null ? -1 : offset.offset();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  Map<String, String> properties(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  KafkaLogSink sink(String topic) {
    return sink(KafkaSinkConfig.of(properties(), topic));
  }

  KafkaLogSink sink(KafkaSinkConfig config) {
    return KafkaLogSink.open(config, Clock.systemUTC(), new Random());
  }

  static SinkAck append(LogSink sink, AckLevel level, List<String> lines) {
    List<Submission> records = new ArrayList<>();
    lines.forEach(line -> records.add(Submission.of(line, "app.log")));
    return Objects.requireNonNull(sink.append(records, level).block(PATIENCE));
  }

  void produce(ProducerRecord<byte[], byte[]> record) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            new HashMap<>(properties()), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
    return new ProducerRecord<>(
        topic,
        0,
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8));
  }

  /** All that is in a topic, partition by partition. */
  List<RawRecord> readAll(String topic) {
    return raw(topic).stream()
        .map(record -> KafkaRecords.read(record, topic + '-' + record.partition()))
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> raw(String topic) {
    Map<String, Object> properties = new HashMap<>(properties());
    properties.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        var polled = consumer.poll(Duration.ofMillis(100));
        partitions.forEach(
            each ->
                found.computeIfAbsent(each, one -> new ArrayList<>()).addAll(polled.records(each)));
      }
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      partitions.forEach(each -> all.addAll(found.getOrDefault(each, List.of())));
      return all;
    }
  }

  /** What is left when records that were sent again are passed over, as the processor does. */
  static List<RawRecord> once(List<RawRecord> records) {
    Map<String, Long> last = new HashMap<>();
    List<RawRecord> once = new ArrayList<>();
    for (RawRecord record : records) {
      Long before = last.get(record.origin().producer());
      if (before == null || record.origin().seq() > before) {
        last.put(record.origin().producer(), record.origin().seq());
        once.add(record);
      }
    }
    return once;
  }

  static List<String> texts(List<RawRecord> records) {
    return records.stream().map(RawRecord::text).toList();
  }

  static List<String> lines(int from, int to) {
    String[] lines = new String[to - from];
    Arrays.setAll(lines, i -> String.format("line %06d", from + i));
    return List.of(lines);
  }

  static Set<String> distinct(List<String> texts) {
    return new HashSet<>(texts);
  }

  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(20_000_000L);
    }
  }
}
