package dev.logdash.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.testing.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Groups, foreign records, and topics that change while they are read. */
@Timeout(180)
class ReadersTest {

  private final KafkaKit kit = KafkaKit.shared();
  private final List<Reader> readers = new CopyOnWriteArrayList<>();

  /** Reads all that it is assigned and acknowledges each batch. */
  private static final class Reader implements AutoCloseable {
    final KafkaLogSource source;
    final Map<PartitionId, Assignment> assigned = new ConcurrentHashMap<>();
    final List<Assignment> all = new CopyOnWriteArrayList<>();
    final Map<PartitionId, List<RawRecord>> records = new ConcurrentHashMap<>();

    Reader(KafkaSourceConfig config) {
      source = KafkaLogSource.open(config);
      source
          .assignments()
          .flatMap(
              each -> {
                assigned.put(each.id(), each);
                all.add(each);
                return each.read(0)
                    .concatMap(
                        batch -> {
                          records
                              .computeIfAbsent(each.id(), id -> new CopyOnWriteArrayList<>())
                              .addAll(batch.records());
                          return each.acknowledge(batch.nextOffset()).onErrorComplete();
                        },
                        1)
                    .doFinally(signal -> assigned.remove(each.id(), each));
              },
              Integer.MAX_VALUE,
              1)
          .subscribe();
    }

    List<String> texts() {
      return records.values().stream().flatMap(List::stream).map(RawRecord::text).toList();
    }

    @Override
    public void close() {
      source.close();
    }
  }

  @AfterEach
  void close() {
    readers.forEach(Reader::close);
  }

  private Reader reader(String topic, String... more) {
    return reader(KafkaSourceConfig.of(kit.properties(more), "group of " + topic, topic));
  }

  private Reader reader(KafkaSourceConfig config) {
    Reader reader = new Reader(config);
    readers.add(reader);
    return reader;
  }

  @Test
  void aGroupReadsEverythingWhoeverComesAndGoes() {
    everythingIsRead();
  }

  @Test
  void aGroupOfTheBrokerReadsEverythingWhoeverComesAndGoes() {
    everythingIsRead("group.protocol", "consumer");
  }

  private void everythingIsRead(String... settings) {
    String topic = kit.newTopic(6);
    Reader first = reader(topic, settings);
    KafkaKit.await("all six", () -> first.assigned.size() == 6);
    write(topic, 0, 120);
    KafkaKit.await("the first lines", () -> first.texts().size() >= 120);

    Reader second = reader(topic, settings);
    KafkaKit.await(
        "both have some",
        () -> !second.assigned.isEmpty() && first.assigned.size() + second.assigned.size() == 6);
    write(topic, 120, 240);
    KafkaKit.await("lines of both", () -> seen(first, second).size() == 240);

    first.close();
    KafkaKit.await("the rest", () -> second.assigned.size() == 6);
    write(topic, 240, 300);
    KafkaKit.await("the last lines", () -> seen(first, second).size() == 300);

    for (Reader each : List.of(first, second)) {
      for (List<RawRecord> ofOne : each.records.values()) {
        TreeMap<Long, String> byOffset = new TreeMap<>();
        ofOne.forEach(record -> byOffset.put(record.offset(), record.text()));
        assertThat(List.copyOf(byOffset.values())).isSorted();
      }
    }
  }

  @Test
  void whoLostAPartitionCommitsNothingForIt() {
    String topic = kit.newTopic(1);
    write(topic, 0, 10);
    KafkaSourceConfig config = KafkaSourceConfig.of(kit.properties(), "zombies of " + topic, topic);
    List<Assignment> zombie = new CopyOnWriteArrayList<>();
    KafkaLogSource old = KafkaLogSource.open(config);
    old.assignments().subscribe(zombie::add);
    KafkaKit.await("the old reader", () -> zombie.size() == 1);
    old.close();
    Reader heir = reader(config);
    KafkaKit.await("the heir", () -> heir.texts().size() == 10);
    KafkaKit.await("its commit", () -> kit.committed(config.group(), topic, 0) == 10);

    zombie.get(0).acknowledge(3).block(KafkaKit.PATIENCE);

    assertThat(kit.committed(config.group(), topic, 0)).isEqualTo(10);
  }

  @Test
  void whoWasStoppedForTooLongCommitsNothingWhenItGoesOn() throws Exception {
    String topic = kit.newTopic(1);
    write(topic, 0, 10);
    KafkaSourceConfig config =
        KafkaSourceConfig.of(
            kit.properties(
                "max.poll.interval.ms",
                "3000",
                "session.timeout.ms",
                "3000",
                "heartbeat.interval.ms",
                "500"),
            "stopped " + topic,
            topic);
    List<KafkaAssignment> zombie = new CopyOnWriteArrayList<>();
    PollLoop loop = new PollLoop(config, zombie::addAll);
    Thread thread = new Thread(loop::run, "zombie");
    thread.start();
    CountDownLatch goesOn = new CountDownLatch(1);
    try {
      KafkaKit.await("the first reader", () -> zombie.size() == 1);
      loop.execute(
          () -> {
            try {
              goesOn.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      Reader heir = reader(config);
      KafkaKit.await("the heir", () -> heir.texts().size() == 10);
      KafkaKit.await("its commit", () -> kit.committed(config.group(), topic, 0) == 10);

      // Handed over before it can learn that the partition is lost.
      CompletableFuture<Void> late = zombie.get(0).acknowledge(3).onErrorComplete().toFuture();
      goesOn.countDown();

      late.get(60, TimeUnit.SECONDS);
      KafkaKit.await("the loss", () -> zombie.get(0).isGone());
      assertThat(kit.committed(config.group(), topic, 0)).isEqualTo(10);
    } finally {
      goesOn.countDown();
      loop.close();
      thread.join(10_000);
    }
  }

  @Test
  void recordsOfOthersAreReadAsTheyAre() {
    String topic = kit.newTopic(1);
    kit.produce(KafkaKit.record(topic, null, "plain"));
    kit.produce(KafkaKit.record(topic, "pod-7", "{\"message\":\"json\"}"));
    kit.produce(KafkaKit.record(topic, "gone", null));
    ProducerRecord<byte[], byte[]> told = KafkaKit.record(topic, null, "told");
    told.headers()
        .add(Headers.SERVICE, "shop".getBytes(UTF_8))
        .add(Headers.DATASET, "audit".getBytes(UTF_8))
        .add(Headers.FORMAT, "json".getBytes(UTF_8))
        .add(Headers.ORIGIN, "not one".getBytes(UTF_8))
        .add("trace", new byte[] {(byte) 0xff})
        .add("empty", null);
    kit.produce(told);
    kit.produce(new ProducerRecord<>(topic, 0, 1_000L, null, "old".getBytes(UTF_8)));

    Reader reader = reader(topic);
    KafkaKit.await("five records", () -> reader.texts().size() == 5);

    List<RawRecord> records = new ArrayList<>(reader.records.values()).get(0);
    assertThat(KafkaKit.texts(records))
        .containsExactly("plain", "{\"message\":\"json\"}", "", "told", "old");
    assertThat(records)
        .extracting(RawRecord::source)
        .containsExactly(topic + "-0", "pod-7", "gone", topic + "-0", topic + "-0");
    assertThat(records)
        .extracting(RawRecord::eventId)
        .containsExactly(
            topic + "-0-0", topic + "-0-1", topic + "-0-2", topic + "-0-3", topic + "-0-4");
    assertThat(records.get(3).dataset()).isEqualTo("audit");
    assertThat(records.get(3).headers())
        .containsOnly(Map.entry(Headers.SERVICE, "shop"), Map.entry(Headers.FORMAT, "json"));
    assertThat(records.get(4).receivedNanos()).isEqualTo(1_000_000_000L);
    assertThat(reader.source.statistics().foreign()).isEqualTo(5);
  }

  @Test
  void findsPartitionsThatATopicGetsLater() {
    String topic = kit.newTopic(1);
    Reader reader = reader(topic, "metadata.max.age.ms", "500");
    KafkaKit.await("one", () -> reader.assigned.size() == 1);

    kit.grow(topic, 4);

    KafkaKit.await("four", () -> reader.assigned.size() == 4);
    write(topic, 0, 40);
    KafkaKit.await("all lines", () -> KafkaKit.distinct(reader.texts()).size() == 40);
  }

  @Test
  void waitsForATopicThatIsNotThere() {
    String topic = KafkaKit.newName();
    Reader reader = reader(topic, "metadata.max.age.ms", "500");

    kit.create(topic, 2);

    KafkaKit.await("both partitions", () -> reader.assigned.size() == 2);
  }

  @Test
  void aPatternFindsTopicsThatComeLater() {
    String prefix = KafkaKit.newName();
    Reader reader =
        reader(
            new KafkaSourceConfig(
                kit.properties("metadata.max.age.ms", "500"),
                prefix,
                List.of(),
                List.of(prefix + "\\..*")));

    kit.create(prefix + ".one", 1);
    kit.create(prefix + ".two", 1);

    KafkaKit.await("both topics", () -> reader.assigned.size() == 2);
  }

  @Test
  void aTopicMadeAnewIsAnotherOne() {
    String topic = kit.newTopic(1);
    write(topic, 0, 10);
    Reader before = reader(topic);
    KafkaKit.await("ten", () -> before.texts().size() == 10);
    KafkaKit.await("a commit", () -> kit.committed("group of " + topic, topic, 0) == 10);
    before.close();

    kit.delete(topic);
    kit.create(topic, 1);
    write(topic, 0, 5);
    Reader after = reader(topic);

    KafkaKit.await("five", () -> after.texts().size() == 5);
    assertThat(after.records.keySet()).doesNotContainAnyElementsOf(before.records.keySet());
  }

  @Test
  void goesOnAtTheEarliestWhereAnOffsetIsNotKept() {
    String topic = kit.newTopic(1);
    write(topic, 0, 20);
    KafkaLogSource source =
        KafkaLogSource.open(KafkaSourceConfig.of(kit.properties(), "late " + topic, topic));
    try (source) {
      kit.forget(topic, 0, 12);
      List<RawRecord> found = new CopyOnWriteArrayList<>();
      source
          .assignments()
          .flatMap(each -> each.read(4))
          .subscribe(batch -> found.addAll(batch.records()));

      KafkaKit.await("eight", () -> found.size() == 8);
      assertThat(KafkaKit.texts(found)).isEqualTo(KafkaKit.lines(12, 20));
      assertThat(source.statistics().offsetsReset()).isEqualTo(1);
    }
  }

  @Test
  void theEndIsBehindAllThatIsThere() {
    String topic = kit.newTopic(1);
    write(topic, 0, 7);
    Reader reader = reader(topic);
    KafkaKit.await("one", () -> reader.all.size() == 1);

    assertThat(reader.all.get(0).end().block(KafkaKit.PATIENCE)).isEqualTo(7);
  }

  @Test
  void theMarksOfTransactionsLeaveNothingToWaitFor() {
    String topic = kit.newTopic(1);
    Map<String, Object> properties = new HashMap<>(kit.properties());
    properties.put("transactional.id", topic);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (String word : List.of("kept", "aborted")) {
        producer.beginTransaction();
        producer.send(KafkaKit.record(topic, null, word));
        producer.flush();
        if (word.equals("kept")) {
          producer.commitTransaction();
        } else {
          producer.abortTransaction();
        }
      }
    }

    Reader reader = reader(topic);

    KafkaKit.await("the end", () -> kit.committed("group of " + topic, topic, 0) == 4);
    assertThat(reader.all.get(0).end().block(KafkaKit.PATIENCE)).isEqualTo(4);
    assertThat(reader.texts()).containsExactly("kept");
  }

  @Test
  void opensAndClosesWithoutABroker() {
    KafkaKit absent = new KafkaKit("127.0.0.1:" + ServerProcess.freePort());
    Reader reader = reader(KafkaSourceConfig.of(absent.properties(), "nobody", "nothing"));
    KafkaKit.await("its start", () -> fails(reader.source));

    long start = System.nanoTime();
    reader.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(7));
  }

  private static boolean fails(KafkaLogSource source) {
    try {
      source.check().block(KafkaKit.PATIENCE);
      return false;
    } catch (BackendException.Unavailable e) {
      return true;
    }
  }

  /** Writes lines by many producers, so that all partitions get some. */
  private void write(String topic, int from, int to) {
    for (int i = from; i < to; i += 10) {
      try (KafkaLogSink sink = kit.sink(topic)) {
        KafkaKit.append(sink, AckLevel.BROKERED, KafkaKit.lines(i, Math.min(to, i + 10)));
      }
    }
  }

  private static java.util.Set<String> seen(Reader... readers) {
    java.util.Set<String> seen = new java.util.HashSet<>();
    for (Reader each : readers) {
      seen.addAll(each.texts());
    }
    return seen;
  }
}
