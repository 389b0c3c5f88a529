package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.core.enrich.EnricherChain;
import dev.logdash.core.memory.InMemoryRollupStore;
import dev.logdash.core.pipeline.PartitionEvents;
import dev.logdash.core.redact.Redactor;
import dev.logdash.core.rollup.RollupAggregator;
import dev.logdash.core.rollup.RollupSettings;
import dev.logdash.elasticsearch.BulkLines;
import dev.logdash.embedded.Enrichment;
import dev.logdash.kafka.TopicRecords;
import dev.logdash.testing.kafka.KafkaServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What one thread makes of a topic in a second: polls of a real broker alone, then with each
 * further step of the road behind them, up to the body of a bulk request, which is thrown away.
 * Nothing but the consumer's own fetching runs beside it. Then the whole road again, on as many
 * threads as there are partitions.
 */
public final class RoadBenchmark {

  private static final String USAGE =
      "usage: run road [--lines 1000000] [--input FILE] [--threads 2]";
  private static final String TOPIC = "lines";
  private static final String INDEX = "logdash-default-2025.05.17";
  private static final int WARM_UPS = 2;

  /** How far a pass goes; each step has those before it. */
  private enum Step {
    POLL("polls alone"),
    RECORD("and records with an origin"),
    REDACT("and redaction"),
    EVENT("and lines joined, formats found out, events, enrichers"),
    BODY("and the body of a bulk request"),
    FOLD("and statistics, into cells in memory");

    private final String text;

    Step(String text) {
      this.text = text;
    }

    boolean has(Step step) {
      return compareTo(step) >= 0;
    }
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final PartitionId id = new PartitionId("benchmark", 0);
  private final int lines;
  private final Redactor redactor = Redactor.standard();
  private final EventDecoder decoder = new EventDecoder();
  private final EnricherChain enrichers =
      new EnricherChain(Enrichment.of(LogdashConfig.defaults()));
  private final BulkLines bulk = new BulkLines();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private PartitionEvents events = events();
  private RollupAggregator rollups = rollups();
  private long bodyBytes;

  private RoadBenchmark(KafkaConsumer<byte[], byte[]> consumer, int partition, int lines) {
    this.consumer = consumer;
    this.partition = new TopicPartition(TOPIC, partition);
    this.lines = lines;
  }

  public static void main(String[] arguments) throws Exception {
    int lines = 1_000_000;
    int threads = 2;
    Path input = Path.of("");
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(USAGE);
      }
      switch (arguments[i]) {
        case "--lines" -> lines = Integer.parseInt(arguments[i + 1]);
        case "--threads" -> threads = Integer.parseInt(arguments[i + 1]);
        case "--input" -> input = Path.of(arguments[i + 1]);
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    System.out.println(Machine.describe());
    Path folder = Files.createTempDirectory("logdash-road");
    try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
      fill(kafka, threads, lines, input);
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
        new RoadBenchmark(consumer, 0, lines).run();
      }
      for (int i = 1; i <= threads; i++) {
        together(kafka, i, lines);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private void run() {
    consumer.assign(List.of(partition));
    // The whole road first, so that the first steps are not compiled for themselves alone.
    for (int i = 0; i < WARM_UPS; i++) {
      pass(Step.FOLD);
    }
    System.out.printf(
        "%n| one thread | records/s | ns of its CPU | bytes it allocates |%n|---|---|---|---|%n");
    for (Step step : Step.values()) {
      pass(step);
      long began = System.nanoTime();
      long cpu = threads.getCurrentThreadCpuTime();
      long allocated = threads.getCurrentThreadAllocatedBytes();
      pass(step);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | %,.0f |%n",
          step.text,
          lines * 1e9 / (System.nanoTime() - began),
          (double) (threads.getCurrentThreadCpuTime() - cpu) / lines,
          (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / lines);
    }
    System.out.printf("| bytes of the body | %d | | |%n", bodyBytes / lines);
  }

  /** The whole road, on each thread from a partition of its own. */
  private static void together(KafkaServer kafka, int count, int lines) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    // Each waits for the others behind its warm-up, and the last one takes the time.
    long[] began = new long[1];
    CyclicBarrier start = new CyclicBarrier(count, () -> began[0] = System.nanoTime());
    try {
      List<Future<Long>> cpu = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        cpu.add(
            threads.submit(
                () -> {
                  try (KafkaConsumer<byte[], byte[]> consumer = consumer(kafka)) {
                    RoadBenchmark road = new RoadBenchmark(consumer, number, lines);
                    consumer.assign(List.of(road.partition));
                    road.pass(Step.FOLD);
                    start.await(5, TimeUnit.MINUTES);
                    long before = road.threads.getCurrentThreadCpuTime();
                    road.pass(Step.FOLD);
                    return road.threads.getCurrentThreadCpuTime() - before;
                  }
                }));
      }
      long nanos = 0;
      for (Future<Long> one : cpu) {
        nanos += one.get(10, TimeUnit.MINUTES);
      }
      long records = (long) count * lines;
      System.out.printf(
          Locale.ROOT,
          "| the whole, %d thread%s with a partition each | %,.0f | %,.0f | |%n",
          count,
          count == 1 ? "" : "s",
          records * 1e9 / (System.nanoTime() - began[0]),
          (double) nanos / records);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Reads the partition once. */
  private void pass(Step step) {
    consumer.seekToBeginning(List.of(partition));
    events = events();
    rollups = rollups();
    bodyBytes = 0;
    for (int read = 0; read < lines; ) {
      List<ConsumerRecord<byte[], byte[]>> polled =
          consumer.poll(Duration.ofMillis(100)).records(partition);
      read += polled.size();
      if (!polled.isEmpty() && step.has(Step.RECORD)) {
        take(polled, step);
      }
    }
  }

  private void take(List<ConsumerRecord<byte[], byte[]>> polled, Step step) {
    String place = partition.topic() + '-' + partition.partition();
    List<RawRecord> records = new ArrayList<>(polled.size());
    for (ConsumerRecord<byte[], byte[]> each : polled) {
      RawRecord record = TopicRecords.of(each, place);
      if (step.has(Step.REDACT)) {
        byte[] body = redactor.redact(record.array());
        record = body == record.array() ? record : record.withBody(body);
      }
      records.add(record);
    }
    if (step.has(Step.EVENT)) {
      long next = records.get(records.size() - 1).offset() + 1;
      List<LogEvent> found = events.of(new RecordBatch(records, next, Long.MIN_VALUE));
      bodyBytes += step.has(Step.BODY) ? bulk.write(found, INDEX) : 0;
      if (step.has(Step.FOLD)) {
        rollups.fold(found, events.offsets()).block();
      }
    }
  }

  private PartitionEvents events() {
    return new PartitionEvents(id, record -> enrichers.enrich(decoder.decode(record)));
  }

  private RollupAggregator rollups() {
    return new RollupAggregator(id, new InMemoryRollupStore(), RollupSettings.DEFAULTS, "", 0);
  }

  private static void fill(KafkaServer kafka, int partitions, int lines, Path input)
      throws Exception {
    List<String> given = Files.isRegularFile(input) ? Files.readAllLines(input) : List.of();
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", kafka.bootstrap(),
            "compression.type", "lz4",
            "linger.ms", "20",
            "batch.size", "131072");
    long bytes = 0;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1)))
          .all()
          .get(1, TimeUnit.MINUTES);
    }
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < lines; i++) {
        String line = given.isEmpty() ? StackBenchmark.line(i) : given.get(i % given.size());
        byte[] value = line.getBytes(UTF_8);
        bytes += value.length;
        for (int partition = 0; partition < partitions; partition++) {
          Future<?> unused = producer.send(new ProducerRecord<>(TOPIC, partition, null, value));
        }
      }
      producer.flush();
    }
    System.out.printf(
        Locale.ROOT,
        "%n%,d records of %d bytes a partition, %s, lz4%n",
        lines,
        bytes / lines,
        given.isEmpty() ? "generated" : "lines of " + input.getFileName());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(KafkaServer kafka) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", kafka.bootstrap(),
            "max.poll.records", "2000",
            "fetch.max.bytes", Integer.toString(16 << 20),
            "enable.auto.commit", "false",
            "isolation.level", "read_committed"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
