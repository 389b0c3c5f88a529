package dev.logdash.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.rollup.DurationSketch;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.SeriesPoint;
import dev.logdash.core.rollup.Tier;
import dev.logdash.core.spool.DiskFiles;
import dev.logdash.core.spool.Spool;
import dev.logdash.core.spool.SpoolConfig;
import dev.logdash.embedded.EmbeddedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Holds what an installation has against what its input files say, by counting simply. */
final class ImportCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long FOR_ALL_TIME = 1L << 40;
  private static final int SHOWN = 5;

  private final KilledImport.Order order;
  private final NumberedLogs logs;
  private final List<String> problems = new ArrayList<>();
  private final Set<PartitionId> partitions = new TreeSet<>();

  private ImportCheck(KilledImport.Order order, NumberedLogs logs) {
    this.order = order;
    this.logs = logs;
  }

  /**
   * What was found.
   *
   * @param problems sentences; none if all is as it has to be
   * @param events by id, all that there is to an event
   * @param cells all cells, as text
   */
  record Result(
      List<String> problems,
      Map<String, String> events,
      List<String> cells,
      int partitions,
      int indices) {}

  /** Opens the installation of a process that has ended, and counts. */
  static Result of(KilledImport.Order order, NumberedLogs logs) throws IOException {
    return new ImportCheck(order, logs).run();
  }

  private Result run() throws IOException {
    List<LogEvent> events = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    try (EmbeddedStorage storage = EmbeddedStorage.open(order.data(), order.clock())) {
      readEvents(storage, events);
      readCells(storage, cells);
    }
    checkLines(events, deadLetters());
    Map<String, String> stored = recount(cells);
    if (!order.mixed()) {
      compare("the cells and the input lines", expectedStatistics(), stored);
    }
    compare("the cells and the stored events", statistics(events), stored);
    Map<String, String> byId = new TreeMap<>();
    for (LogEvent event : events) {
      if (byId.put(event.id(), text(event)) != null) {
        problems.add("two events have the id " + event.id());
      }
    }
    List<String> cellTexts = cells.stream().map(ImportCheck::text).sorted().toList();
    return new Result(problems, byId, cellTexts, partitions.size(), indices());
  }

  private static void readEvents(EmbeddedStorage storage, List<LogEvent> events) {
    LogQuery query = LogQuery.builder().limit(LogQuery.MAX_LIMIT).build();
    Page page = storage.logStore().search(query).blockOptional(PATIENCE).orElseThrow();
    while (!page.events().isEmpty()) {
      events.addAll(page.events());
      LogEvent last = events.get(events.size() - 1);
      LogQuery next = query.toBuilder().after(last.orderKey()).build();
      page = storage.logStore().search(next).blockOptional(PATIENCE).orElseThrow();
    }
  }

  private void readCells(EmbeddedStorage storage, List<Cell> cells) {
    for (String definition : List.of(RollupDefinitions.EVENTS, RollupDefinitions.REQUESTS)) {
      for (Tier tier : Tier.DEFAULTS) {
        RollupQuery all = new RollupQuery(definition, tier.seconds(), 0, FOR_ALL_TIME);
        storage.rollupStore().read(all).doOnNext(cells::add).blockLast(PATIENCE);
      }
    }
    cells.forEach(cell -> partitions.add(cell.key().partition()));
  }

  private void checkLines(List<LogEvent> events, List<Integer> dead) {
    int[] found = new int[logs.lines()];
    Map<List<Integer>, Integer> joined = new HashMap<>();
    for (LogEvent event : events) {
      List<Integer> numbers = numbers(event);
      joined.merge(numbers, 1, Integer::sum);
      numbers.forEach(number -> found[number]++);
      if (NumberedLogs.SECRETS.stream().anyMatch(text(event)::contains)) {
        problems.add("a secret is stored: " + text(event));
      }
    }
    dead.forEach(number -> found[number]++);
    report("lost", number -> found[number] == 0);
    report("found twice", number -> found[number] > 1);
    if (!new TreeSet<>(dead).equals(new TreeSet<>(logs.poison()))) {
      problems.add("dead letters are " + dead + ", expected were " + logs.poison());
    }
    long torn =
        logs.events().stream()
            .filter(event -> !joined.containsKey(event.lines().stream().sorted().toList()))
            .count();
    if (torn > 0 && !order.mixed()) {
      problems.add(torn + " events do not have just their lines");
    }
  }

  private void report(String what, IntPredicate is) {
    List<Integer> numbers = IntStream.range(0, logs.lines()).filter(is).boxed().toList();
    if (!numbers.isEmpty()) {
      problems.add(
          numbers.size()
              + " lines "
              + what
              + ": "
              + numbers.subList(0, Math.min(SHOWN, numbers.size())));
    }
  }

  private void compare(String what, Map<String, String> expected, Map<String, String> actual) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    List<String> different =
        keys.stream()
            .filter(key -> !String.valueOf(expected.get(key)).equals(actual.get(key)))
            .map(key -> key + " is " + actual.get(key) + ", counted " + expected.get(key))
            .toList();
    if (!different.isEmpty()) {
      problems.add(
          what
              + " differ in "
              + different.size()
              + " cells of "
              + keys.size()
              + ": "
              + different.subList(0, Math.min(SHOWN, different.size())));
    }
  }

  private static Map<String, String> recount(List<Cell> cells) {
    Map<String, List<Cell>> families = new TreeMap<>();
    for (Cell cell : cells) {
      String family = cell.key().definition() + " " + cell.key().tierSeconds();
      families.computeIfAbsent(family, unused -> new ArrayList<>()).add(cell);
    }
    Map<String, String> texts = new TreeMap<>();
    families.forEach(
        (family, of) -> {
          for (SeriesPoint point : SeriesPoint.merge(of)) {
            texts.put(
                family + " " + point.windowStart() + " " + point.dimensions(),
                text(point.count(), point.errors(), point.sum(), point.sketch()));
          }
        });
    return texts;
  }

  private Map<String, String> expectedStatistics() {
    Counting counting = new Counting();
    for (NumberedLogs.Expected event : logs.events()) {
      boolean error = event.severity().equals("error");
      counting.count(
          "events", event.epochMillis(), List.of(event.service(), event.severity()), error, -1);
      NumberedLogs.Request request = event.request();
      if (request != null) {
        counting.count(
            "requests",
            event.epochMillis(),
            List.of(event.service(), request.route(), request.method(), "" + request.status()),
            request.status() >= 500,
            request.nanos());
      }
    }
    return counting.texts();
  }

  private static Map<String, String> statistics(List<LogEvent> events) {
    Counting counting = new Counting();
    for (LogEvent event : events) {
      long millis = Math.floorDiv(event.timestampNanos(), 1_000_000);
      counting.count(
          "events",
          millis,
          List.of(event.service(), event.severity().className()),
          event.severity().isError(),
          -1);
      String method = event.attributes().text(EcsFields.HTTP_METHOD);
      if (!method.isEmpty()) {
        String status = event.attributes().text(EcsFields.HTTP_STATUS);
        counting.count(
            "requests",
            millis,
            List.of(event.service(), event.attributes().text(EcsFields.HTTP_ROUTE), method, status),
            status.startsWith("5"),
            Long.parseLong(event.attributes().text(EcsFields.DURATION)));
      }
    }
    return counting.texts();
  }

  /** Numbers of the dead letters, in their order. */
  private List<Integer> deadLetters() throws IOException {
    Path copy = Files.createTempDirectory(order.place(), "letters");
    try (Stream<Path> files = Files.list(order.data().resolve(Installation.DEAD_LETTERS))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    List<Integer> numbers = new ArrayList<>();
    Scheduler scheduler = Schedulers.newBoundedElastic(2, 1_000, "letters", 60, true);
    try (Spool spool =
        Spool.open(
            new DiskFiles(copy),
            SpoolConfig.defaults().withLanes(1),
            order.clock(),
            scheduler,
            new Random(1))) {
      Assignment lane = spool.source("check").assignments().blockFirst(PATIENCE);
      long end = lane.end().blockOptional(PATIENCE).orElseThrow();
      lane.read(0)
          .takeUntil(batch -> batch.nextOffset() >= end)
          .doOnNext(batch -> collect(batch, numbers))
          .blockLast(PATIENCE);
    } finally {
      scheduler.dispose();
    }
    return numbers;
  }

  private static void collect(RecordBatch batch, List<Integer> numbers) {
    for (RawRecord record : batch.records()) {
      String body = new String(record.array(), record.start(), record.length(), UTF_8);
      numbers.addAll(numbers(body));
    }
  }

  private int indices() throws IOException {
    try (Stream<Path> folders = Files.list(order.data().resolve("search"))) {
      return (int) folders.filter(Files::isDirectory).count();
    }
  }

  /** The files of the installation that have a text in them. */
  static List<Path> filesWith(Path data, String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static List<Integer> numbers(LogEvent event) {
    return numbers(text(event));
  }

  private static List<Integer> numbers(String text) {
    Set<Integer> numbers = new TreeSet<>();
    Matcher matcher = NumberedLogs.NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(Integer.parseInt(matcher.group(1)));
    }
    return List.copyOf(numbers);
  }

  private static String text(LogEvent event) {
    return String.join(
        "\n",
        event.orderKey().toString(),
        event.service(),
        event.severityText(),
        event.message(),
        event.attributes().toString());
  }

  private static String text(Cell cell) {
    return cell + " " + HexFormat.of().formatHex(cell.sketch());
  }

  private static String text(long count, long errors, long sum, DurationSketch sketch) {
    return count
        + " with "
        + errors
        + " errors, "
        + sum
        + " ns, sketch "
        + Arrays.hashCode(sketch.encode());
  }

  /** Counts events by definition, tier, window and series. */
  private static final class Counting {

    private final Map<String, List<long[]>> values = new TreeMap<>();

    void count(String definition, long millis, List<String> series, boolean error, long nanos) {
      for (int seconds : List.of(10, 60, 3_600, 86_400)) {
        long window = Math.floorDiv(millis, 1_000L * seconds) * seconds;
        values
            .computeIfAbsent(
                definition + " " + seconds + " " + window + " " + series,
                unused -> new ArrayList<>())
            .add(new long[] {error ? 1 : 0, nanos});
      }
    }

    Map<String, String> texts() {
      Map<String, String> texts = new TreeMap<>();
      values.forEach(
          (key, all) -> {
            long errors = 0;
            long sum = 0;
            DurationSketch sketch = new DurationSketch();
            for (long[] value : all) {
              errors += value[0];
              if (value[1] >= 0) {
                sum += value[1];
                sketch.add(value[1]);
              }
            }
            texts.put(key, text(all.size(), errors, sum, sketch));
          });
      return texts;
    }
  }
}
