package dev.logdash.embedded;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/** Prints how fast events are appended and found, beside Lucene alone with the same documents. */
final class LuceneRates {

  private static final int BATCH = 1_000;
  private static final int FLUSH_EVERY = 50;
  private static final String[] WORDS =
      ("request order customer payment session cache timeout retry connection database index user "
              + "service queue worker thread started finished failed accepted")
          .split(" ");

  private LuceneRates() {}

  /**
   * @param arguments how many events, a folder
   */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    Path root = Path.of(arguments[1]);
    for (int warm = 0; warm < 2; warm++) {
      int events = warm == 0 ? count / 5 : count;
      raw(root.resolve("raw-" + warm), events);
      store(root.resolve("one-" + warm), events, 1, false);
      store(root.resolve("two-" + warm), events, 2, warm == 1);
    }
  }

  private static void raw(Path folder, int count) throws IOException {
    long spent = 0;
    EventDocument document = new EventDocument();
    DayState state = DayState.empty();
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setRAMBufferSizeMB(32)
            .setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_SPEED));
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config)) {
      for (int batch = 0; batch < count / BATCH; batch++) {
        List<LogEvent> events = events(batch);
        long start = System.nanoTime();
        for (LogEvent event : events) {
          writer.addDocument(document.of(event, state));
        }
        if (batch % FLUSH_EVERY == FLUSH_EVERY - 1) {
          writer.commit();
        }
        spent += System.nanoTime() - start;
      }
    }
    report("Lucene alone, 1 thread", count, spent, folder);
  }

  private static void store(Path folder, int count, int threads, boolean search)
      throws IOException {
    long spent = 0;
    try (LuceneLogStore store =
        LuceneLogStore.builder(folder, MutableClock.atNoon()).indexThreads(threads).build()) {
      for (int batch = 0; batch < count / BATCH; batch++) {
        List<LogEvent> events = events(batch);
        long first = (long) batch * BATCH;
        long start = System.nanoTime();
        store
            .append(
                new EventBatch(new PartitionId("lane", 0), first, first + BATCH - 1, false, events))
            .block();
        if (batch % FLUSH_EVERY == FLUSH_EVERY - 1) {
          store.flush().block();
        }
        spent += System.nanoTime() - start;
      }
      report("store, " + threads + " thread(s)", count, spent, folder);
      if (search) {
        search(store);
      }
    }
  }

  private static void search(LuceneLogStore store) {
    LogQuery common = query(new Filter.Phrase("", "timeout"));
    LogQuery rare = query(new Filter.Phrase("", "user31337"));
    LogQuery none = query(new Filter.Phrase("", "nothingatall"));
    LogQuery slow =
        query(
            new Filter.Range(
                "event.duration", new Filter.Bound("9900000", true), Filter.Bound.NONE));
    median("newest 50, common word", () -> store.search(common).block());
    median("newest 50, rare word", () -> store.search(rare).block());
    median("newest 50, no hit", () -> store.search(none).block());
    median("newest 50, numeric range", () -> store.search(slow).block());
    median("count, common word", () -> store.count(common).block());
    LogQuery all = query(Filter.ALL);
    List<Aggregation.Function> functions = List.of(new Aggregation.Count());
    Aggregation histogram =
        new Aggregation(
            all,
            List.of(
                new Aggregation.ByTime(600 * LogEvents.SECOND),
                new Aggregation.ByField("event.severity")),
            functions,
            1_000);
    median("histogram by severity, all events", () -> store.aggregate(histogram).block());
    table(store, "sum of durations by service", new Aggregation.Sum("event.duration"));
    table(store, "p95 of durations by service", new Aggregation.Percentile("event.duration", 0.95));
    table(store, "distinct loggers by service", new Aggregation.Distinct("log.logger"));
    table(store, "distinct durations by service", new Aggregation.Distinct("event.duration"));
  }

  private static void table(LuceneLogStore store, String what, Aggregation.Function function) {
    Aggregation aggregation =
        new Aggregation(
            query(Filter.ALL),
            List.of(new Aggregation.ByField("service.name")),
            List.of(function),
            100);
    median(what, () -> store.aggregate(aggregation).block());
  }

  private static LogQuery query(Filter filter) {
    return LogQuery.builder().filter(filter).limit(50).build();
  }

  private static void median(String what, Supplier<Object> work) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      long start = System.nanoTime();
      work.get();
      times.add(System.nanoTime() - start);
    }
    times.sort(null);
    System.out.printf("%-40s %8.2f ms%n", what, times.get(7) / 1e6);
  }

  private static void report(String what, int count, long nanos, Path folder) throws IOException {
    long bytes;
    try (Stream<Path> files = Files.walk(folder)) {
      bytes = files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
    System.out.printf(
        "%-40s %8.0f events/s %6.0f bytes/event%n",
        what, count / (nanos / 1e9), (double) bytes / count);
  }

  private static List<LogEvent> events(int batch) {
    Random random = new Random(batch);
    List<LogEvent> events = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      long seq = (long) batch * BATCH + i;
      StringBuilder message = new StringBuilder(160);
      for (int word = 0; word < 16; word++) {
        message.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      message.append("user").append(random.nextInt(50_000)).append(" took ").append(seq);
      events.add(
          LogEvents.event(seq)
              .timestampNanos(LogEvents.NOON + seq * 10_000_000L)
              .message(message.toString())
              .service("service-" + random.nextInt(8))
              .attributes(
                  Attributes.builder()
                      .put("log.logger", "com.example.shop.Logger" + random.nextInt(100))
                      .put("process.thread.name", "http-" + random.nextInt(16))
                      .put("event.duration", (long) random.nextInt(10_000_000))
                      .build())
              .build());
    }
    return events;
  }
}
