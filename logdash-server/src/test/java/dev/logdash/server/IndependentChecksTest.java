package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches and statistics of a few thousand lines equal what the scripts in {@code
 * benchmarks/checks} make of the output of {@code parse}. The scripts know the documents only.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndependentChecksTest {

  private static final Path SCRIPTS = Path.of("..", "benchmarks", "checks");
  private static final int SEEDS = Boolean.getBoolean("logdash.test.deep") ? 30 : 1;
  private static final String[] TIERS = {"10s", "1m", "1h", "1d"};
  private static final Instant NOON = Instant.parse("2026-11-23T13:00:00Z");
  private static final Clock CLOCK =
      Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), NOON));
  private static final DateTimeFormatter APACHE =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LOGBACK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SYSLOG =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  // Each older than one tier keeps its windows, far from the edges.
  private static final Duration[] AGES = {
    Duration.ofHours(1), Duration.ofDays(3), Duration.ofDays(40), Duration.ofDays(400)
  };

  private Path folder;
  private Path events;
  private final List<String> windows = new ArrayList<>();

  @BeforeAll
  void takeLogsIn(@TempDir Path temporary) throws Exception {
    assumeTrue(hasPython(), "needs python3");
    folder = temporary;
    events = folder.resolve("events.ndjson");
    String access = write("access.log", accessLines(new Random(1)));
    String app = write("app.log", applicationLines(new Random(2)));
    String json = write("app.json", jsonLines(new Random(3)));
    String system = write("syslog", systemLines(new Random(4)));

    CommandRun.Answer parsed = run("parse", "--multiline", "--redact", access, app, json, system);
    Files.writeString(events, parsed.out());
    CommandRun.Answer imported =
        run("import", "-D", "logdash.spool.lanes=1", access, app, json, system);
    assertThat(imported.code()).as(imported.err()).isZero();
    for (String tier : TIERS) {
      Path file = folder.resolve("stats-" + tier);
      Files.writeString(file, run("stats", "--windows", "--tier", tier).out());
      windows.add(file.toString());
    }
  }

  @Test
  void searchesFindWhatTheScriptCounts() throws Exception {
    for (int seed = 1; seed <= SEEDS; seed++) {
      List<String> answer = python("hits.py", List.of(Integer.toString(seed)), 0).lines().toList();

      assertThat(answer).hasSize(50);
      for (String line : answer) {
        String[] kindQueryHits = line.split("\t");
        assertThat(run("search", "--count", "--", kindQueryHits[1]).out().strip())
            .as(line)
            .isEqualTo(kindQueryHits[2]);
      }
    }
  }

  @Test
  void statisticsAreWhatTheScriptCounts() throws Exception {
    String answer = python("rollups.py", span(windows), 0);

    assertThat(answer.lines()).hasSize(8).allMatch(row -> row.endsWith(" wrong=0"));
    // Real ones: every tier has fewer events than the wider one, and there are too many series.
    assertThat(answer.lines().filter(row -> row.contains("events ")))
        .extracting(row -> row.replaceAll(".* events=([0-9,]+).*", "$1"))
        .doesNotHaveDuplicates();
    assertThat(answer.lines().filter(row -> row.contains("requests ")))
        .noneMatch(row -> row.contains(" other=0 ") || row.contains(" quantiles=0 "));
  }

  @Test
  void theScriptSeesACountAndAPercentileThatAreWrong() throws Exception {
    for (String field : List.of("\"count\":", "\"p95\":")) {
      String stats = Files.readString(Path.of(windows.get(1)));
      int at = stats.indexOf(field) + field.length();
      Path wrong = folder.resolve("wrong");
      Files.writeString(wrong, stats.substring(0, at) + "9" + stats.substring(at));

      List<String> files = new ArrayList<>(windows);
      files.set(1, wrong.toString());
      assertThat(python("rollups.py", span(files), 1)).contains(" wrong=1");
    }
  }

  private static List<String> accessLines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_600; i++) {
      String page =
          i < 2_300 ? "/Katalog/page-" + (char) ('g' + i % 19) + i + "x" : "/api/v1/users/" + i;
      lines.add(
          String.format(
              Locale.ROOT,
              "10.0.%d.7 - - [%s] \"%s %s?user_id=%d HTTP/1.1\" %d %d \"-\" \"curl/7.88.%d\" %.3f",
              i % 256,
              APACHE.format(anyTime(random)),
              random.nextInt(4) == 0 ? "POST" : "GET",
              page,
              i,
              new int[] {200, 200, 304, 404, 500}[random.nextInt(5)],
              random.nextInt(5_000),
              i % 9,
              Math.exp(random.nextGaussian() - 3)));
    }
    Collections.shuffle(lines, random);
    return lines;
  }

  private static List<String> applicationLines(Random random) {
    String[] things = {"Straße 東京", "ΕΛΛΑΔΑ", "a.b.OrderService", "2001:DB8::1", "TIMEOUT naïve"};
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      String level = new String[] {"DEBUG", "INFO ", "WARN ", "ERROR"}[random.nextInt(4)];
      String thing = things[random.nextInt(things.length)];
      lines.add(
          LOGBACK.format(anyTime(random))
              + " "
              + level
              + " [main] shop.Orders - order "
              + i
              + " of "
              + thing);
      if (level.equals("ERROR")) {
        lines.add("java.lang.IllegalStateException: no stock " + i);
        lines.add("\tat shop.Orders.place(Orders.java:" + random.nextInt(90) + ")");
        lines.add("\t... 12 more");
      }
    }
    return lines;
  }

  private static List<String> jsonLines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "{\"@timestamp\":\"%s\",\"log.level\":\"%s\",\"service.name\":\"%s\",\"message\":\"paid %d Kč, token=abcdefgh%d\","
                  + "\"tags\":[\"São Paulo\",\"B2B\"],\"amount\":%d,\"http.request.method\":\"PUT\","
                  + "\"http.response.status_code\":%d,\"event.duration\":%d}",
              anyTime(random),
              new String[] {"info", "Warning", "FATAL"}[random.nextInt(3)],
              "till-" + i % 7,
              i,
              i * 7_919L,
              random.nextInt(50),
              random.nextBoolean() ? 201 : 503,
              random.nextInt(1 << 30)));
    }
    return lines;
  }

  private static List<String> systemLines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add(
          i % 5 == 0
              ? "no time and no format, number " + i
              : SYSLOG.format(anyTime(random))
                  + " web1 sshd["
                  + i
                  + "]: Accepted publickey for user"
                  + i % 11);
    }
    return lines;
  }

  private static Instant anyTime(Random random) {
    return NOON.minus(AGES[random.nextInt(AGES.length)]).plusMillis(random.nextInt(600_000));
  }

  private String write(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines).toString();
  }

  private List<String> span(List<String> files) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(NOON.getEpochSecond()));
    arguments.add(Long.toString(CLOCK.instant().getEpochSecond() + 1));
    arguments.addAll(files);
    return arguments;
  }

  /** Runs a script on the parsed events, expects its exit code and answers what it printed. */
  private String python(String script, List<String> arguments, int code) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3", SCRIPTS.resolve(script).toString()));
    command.addAll(arguments);
    Path out = folder.resolve(script + ".out");
    Path err = folder.resolve(script + ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PYTHONUTF8", "1");
    Process process =
        builder
            .redirectInput(events.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(code);
    return Files.readString(out);
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "-c", "").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private CommandRun.Answer run(String... args) {
    return new CommandRun().data(folder.resolve("data")).clock(CLOCK).run(args);
  }
}
