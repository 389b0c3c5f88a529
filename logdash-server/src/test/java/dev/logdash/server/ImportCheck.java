package dev.logdash.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import dev.logdash.core.rollup.RollupDefinitions;
import dev.logdash.core.rollup.Tier;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.embedded.EmbeddedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;

/**
 * Holds what an installation has against what its input files say. It counts simply: by the numbers
 * of the lines, and by the dimensions that the files were written with.
 */
final class ImportCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long FOR_ALL_TIME = 1L << 40;
  private static final int SHOWN = 5;
  private static final Pattern TOTALS = Pattern.compile("\"totals\":\\[([0-9,]*)\\]");

  private final NumberedLogs logs;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> lanes = new HashMap<>();

  private ImportCheck(NumberedLogs logs) {
    this.logs = logs;
  }

  /**
   * What was found.
   *
   * @param problems sentences; none if all is as it has to be
   * @param events by the numbers of their lines, all of an event but its id and what comes of the
   *     time of reception
   * @param cells by lane, window and series, all of a cell but its offset
   * @param cut events that were torn apart, by the numbers of their lines
   * @param cellsOfPieces the cells that count the torn-off parts
   */
  record Result(
      List<String> problems,
      Map<List<Integer>, String> events,
      Map<String, String> cells,
      Set<List<Integer>> cut,
      Set<String> cellsOfPieces) {

    /** The same without what torn events bring about. */
    Result without(Result other) {
      Map<List<Integer>, String> whole = new HashMap<>(events);
      Set<Integer> torn = other.cut.stream().flatMap(List::stream).collect(Collectors.toSet());
      whole.keySet().removeIf(lines -> torn.contains(lines.get(0)));
      Map<String, String> untouched = new HashMap<>(cells);
      untouched.keySet().removeAll(other.cellsOfPieces);
      return new Result(problems, whole, untouched, cut, cellsOfPieces);
    }
  }

  /** Opens the data folder of a process that has ended, and counts. */
  static Result of(Path data, Clock clock, NumberedLogs logs) throws IOException {
    return new ImportCheck(logs).run(data, clock);
  }

  private Result run(Path data, Clock clock) throws IOException {
    List<LogEvent> events = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    List<Long> totals;
    try (EmbeddedStorage storage = EmbeddedStorage.open(data, clock)) {
      readEvents(storage, events);
      readCells(storage, cells);
      totals = readTotals(storage);
    }
    cells.forEach(cell -> lanes.put(incarnation(cell), cell.key().partition().partition()));
    if (Set.copyOf(lanes.values()).size() != lanes.size()) {
      problems.add("a lane has had two lives: " + lanes);
    }
    long documents = documents(data.resolve("search"));
    long ids = events.stream().map(LogEvent::id).distinct().count();
    if (documents != events.size() || ids != documents) {
      problems.add(documents + " documents, " + events.size() + " events, " + ids + " ids");
    }
    checkLines(events, letters(data.resolve(EmbeddedLogdash.DEAD_LETTERS)));
    Map<Integer, NumberedLogs.Expected> byFirstLine = new HashMap<>();
    logs.events().forEach(event -> byFirstLine.put(event.lines().get(0), event));
    Map<List<Integer>, String> byLines = new HashMap<>();
    Set<List<Integer>> cut = new HashSet<>();
    List<LogEvent> pieces = new ArrayList<>();
    for (LogEvent event : events) {
      List<Integer> lines = numbers(text(event));
      byLines.put(lines, text(event));
      NumberedLogs.Expected expected = lines.isEmpty() ? null : byFirstLine.get(lines.get(0));
      if (expected == null) {
        pieces.add(event);
      } else if (!expected.lines().equals(lines)) {
        cut.add(expected.lines());
      }
    }
    checkTotals(totals, pieces.size());
    compare("the cells and the stored events", recount(events).texts(true), Figures.of(cells));
    compare(
        "the cells and the input", counted(logs, pieces).texts(false), Figures.withoutLanes(cells));
    return new Result(
        problems, byLines, Figures.of(cells), cut, recount(pieces).texts(true).keySet());
  }

  private void checkTotals(List<Long> totals, int pieces) {
    long dead = logs.poison().size();
    long stored = logs.lines() - dead;
    List<Long> all =
        List.of(stored + dead, stored, dead, 0L, (long) logs.events().size() + pieces, dead);
    if (!totals.equals(all)) {
      problems.add("the totals are " + totals + " and not " + all);
    }
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

  private static void readCells(EmbeddedStorage storage, List<Cell> cells) {
    for (String definition : List.of(RollupDefinitions.EVENTS, RollupDefinitions.REQUESTS)) {
      for (Tier tier : Tier.DEFAULTS) {
        RollupQuery all = new RollupQuery(definition, tier.seconds(), 0, FOR_ALL_TIME);
        storage.rollupStore().read(all).doOnNext(cells::add).blockLast(PATIENCE);
      }
    }
  }

  private static List<Long> readTotals(EmbeddedStorage storage) {
    long[] sums = new long[6];
    storage
        .documentStore()
        .list(GapDocuments.SNAPSHOT, "", 100)
        .doOnNext(
            document -> {
              Matcher matcher = TOTALS.matcher(document.body());
              if (!matcher.find()) {
                throw new AssertionError("no totals in " + document);
              }
              String[] numbers = matcher.group(1).split(",", -1);
              for (int i = 0; i < sums.length; i++) {
                sums[i] += Long.parseLong(numbers[i]);
              }
            })
        .blockLast(PATIENCE);
    return LongStream.of(sums).boxed().toList();
  }

  /** What the indices hold, whatever a search says. */
  private static long documents(Path search) throws IOException {
    long sum = 0;
    try (Stream<Path> folders = Files.list(search)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        try (FSDirectory directory = FSDirectory.open(folder)) {
          sum += documents(directory);
        }
      }
    }
    return sum;
  }

  private static long documents(FSDirectory directory) throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return 0; // Killed before anything was committed.
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      return reader.numDocs();
    }
  }

  /** The numbers in the files of the dead letters, whatever their spool says. */
  private static List<Integer> letters(Path folder) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".seg")).toList()) {
        Matcher matcher = NumberedLogs.NUMBER.matcher(Files.readString(file, ISO_8859_1));
        while (matcher.find()) {
          numbers.add(Integer.valueOf(matcher.group(1)));
        }
      }
    }
    return numbers;
  }

  private void checkLines(List<LogEvent> events, List<Integer> letters) {
    int[] found = new int[logs.lines()];
    for (LogEvent event : events) {
      List<Integer> numbers = numbers(text(event));
      numbers.forEach(number -> found[number]++);
      if (numbers.isEmpty()) {
        problems.add("an event of no line: " + text(event));
      }
    }
    letters.forEach(number -> found[number]++);
    report("lost", number -> found[number] == 0);
    report("found twice", number -> found[number] > 1);
    if (!new TreeSet<>(letters).equals(new TreeSet<>(logs.poison()))) {
      problems.add("dead letters are " + letters + ", expected were " + logs.poison());
    }
  }

  private void report(String what, IntPredicate is) {
    List<Integer> numbers = IntStream.range(0, logs.lines()).filter(is).boxed().toList();
    if (!numbers.isEmpty()) {
      problems.add(numbers.size() + " lines " + what + ": " + shown(numbers));
    }
  }

  private void compare(String what, Map<String, String> expected, Map<String, String> actual) {
    List<String> different = differences(expected, actual);
    if (!different.isEmpty()) {
      problems.add(what + " differ " + different.size() + " times: " + shown(different));
    }
  }

  /** What two maps do not have alike. */
  static <K> List<String> differences(Map<K, String> expected, Map<K, String> actual) {
    Set<K> keys = new HashSet<>(expected.keySet());
    keys.addAll(actual.keySet());
    return keys.stream()
        .filter(key -> !String.valueOf(expected.get(key)).equals(actual.get(key)))
        .map(key -> key + " is " + actual.get(key) + ", expected " + expected.get(key))
        .sorted()
        .toList();
  }

  private static <T> List<T> shown(List<T> all) {
    return all.subList(0, Math.min(SHOWN, all.size()));
  }

  /** The statistics that the files were written with, and those of torn-off parts. */
  private static Figures counted(NumberedLogs logs, List<LogEvent> pieces) {
    Figures figures = new Figures();
    for (LogEvent piece : pieces) {
      List<String> series = List.of(piece.service(), piece.severity().className());
      figures.count("events", millis(piece), series, piece.severity().isError(), -1);
    }
    for (NumberedLogs.Expected event : logs.events()) {
      boolean error = event.severity().equals("error");
      List<String> series = List.of(event.service(), event.severity());
      figures.count("events", event.epochMillis(), series, error, -1);
      NumberedLogs.Request request = event.request();
      if (request != null) {
        figures.count(
            "requests",
            event.epochMillis(),
            List.of(event.service(), request.route(), request.method(), "" + request.status()),
            request.status() >= 500,
            request.nanos());
      }
    }
    return figures;
  }

  /** The statistics of stored events. */
  private Figures recount(List<LogEvent> events) {
    Figures figures = new Figures();
    for (LogEvent event : events) {
      String lane = lanes.get(event.producer()) + " ";
      List<String> series = List.of(event.service(), event.severity().className());
      figures.count(lane + "events", millis(event), series, event.severity().isError(), -1);
      String method = event.attributes().text(EcsFields.HTTP_METHOD);
      if (!method.isEmpty()) {
        String status = event.attributes().text(EcsFields.HTTP_STATUS);
        figures.count(
            lane + "requests",
            millis(event),
            List.of(event.service(), event.attributes().text(EcsFields.HTTP_ROUTE), method, status),
            status.startsWith("5"),
            Long.parseLong(event.attributes().text(EcsFields.DURATION)));
      }
    }
    return figures;
  }

  private static String incarnation(Cell cell) {
    return cell.key().partition().incarnation();
  }

  private static long millis(LogEvent event) {
    return Math.floorDiv(event.timestampNanos(), 1_000_000);
  }

  private static List<Integer> numbers(String text) {
    Set<Integer> numbers = new TreeSet<>();
    Matcher matcher = NumberedLogs.NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(Integer.valueOf(matcher.group(1)));
    }
    return List.copyOf(numbers);
  }

  private static String text(LogEvent event) {
    return String.join(
        "\n",
        Long.toString(event.timestampNanos()),
        event.source(),
        event.service(),
        event.severityText(),
        event.message(),
        event.attributes().toString());
  }
}
