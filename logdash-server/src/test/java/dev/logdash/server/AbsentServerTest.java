package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.embedded.EmbeddedLogdash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service ships to a server; both are killed on the way, and the server stays away a while. */
@Timeout(300)
class AbsentServerTest {

  private static final long ABSENCE_SECONDS = Long.getLong("logdash.test.absence-seconds", 5);
  // The service logs at most a thousand lines a second, so it is not done when it is killed.
  private static final long LINES = 1_000 * (ABSENCE_SECONDS + 8);
  private static final long PATIENCE_SECONDS = 120;
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void everyLineIsFoundOnceHoweverOftenBothAreKilled() throws Exception {
    Process server = server("0");
    String port = port(server);

    Process service = service(port);
    await(service, progress -> progress.shipped() > 1_000);
    kill(server);
    assertThat(service.waitFor(ABSENCE_SECONDS, TimeUnit.SECONDS)).as(said()).isFalse();
    assertThat(progress().appended()).isGreaterThan(progress().shipped());
    kill(service);

    server = server(port);
    port(server);
    service = service(port);
    await(service, progress -> progress.shipped() > 500);
    kill(service);

    service = service(port);
    assertThat(service.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
    assertThat(service.exitValue()).as(said()).isZero();
    server.destroy();
    assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    List<LogEvent> events = stored();
    assertThat(events.stream().map(LogEvent::message).sorted().toList())
        .isEqualTo(LongStream.range(0, LINES).mapToObj(n -> "line " + n).sorted().toList());
    assertThat(events.stream().map(LogEvent::id).distinct().count()).isEqualTo(LINES);
  }

  private Process server(String port) throws Exception {
    Files.deleteIfExists(folder.resolve("server.out"));
    return start(
        "server.out",
        List.of(
            Main.class.getName(),
            "serve",
            "--port",
            port,
            "--data",
            folder.resolve("server").toString(),
            "-D",
            "logdash.ingest.open-loopback=true",
            "-D",
            "logdash.retention.min-free-disk=0%"));
  }

  private Process service(String port) throws Exception {
    Files.deleteIfExists(folder.resolve("report"));
    return start(
        "service.out",
        List.of(
            ShippingService.class.getName(),
            folder.resolve("service").toString(),
            folder.resolve("report").toString(),
            "http://127.0.0.1:" + port,
            Long.toString(LINES)));
  }

  private Process start(String out, List<String> words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(out).toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** The port that a server says it listens on. */
  private String port(Process server) throws Exception {
    Path out = folder.resolve("server.out");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Matcher address = ADDRESS.matcher(Files.readString(out));
      if (address.find()) {
        return address.group(1);
      }
      assertThat(server.waitFor(10, TimeUnit.MILLISECONDS)).as(Files.readString(out)).isFalse();
    }
    throw new AssertionError(Files.readString(out));
  }

  private void await(Process service, Predicate<ShippingService.Progress> condition)
      throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.test(progress())) {
      assertThat(service.waitFor(5, TimeUnit.MILLISECONDS)).as(said()).isFalse();
      assertThat(System.nanoTime()).as(said()).isLessThan(end);
    }
  }

  private ShippingService.Progress progress() throws Exception {
    return ShippingService.Progress.read(folder.resolve("report"));
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("service.out"));
  }

  private static void kill(Process process) throws Exception {
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private List<LogEvent> stored() {
    Map<String, String> settings =
        Map.of(
            "logdash.data.dir",
            folder.resolve("server").toString(),
            "logdash.retention.min-free-disk",
            "0%");
    Duration patience = Duration.ofSeconds(PATIENCE_SECONDS);
    try (EmbeddedLogdash server =
        EmbeddedLogdash.start(
            LogdashConfig.of(List.of(new ConfigSource("test", settings))),
            Clock.systemUTC(),
            new Random(1))) {
      server.logdash().drain().block(patience);
      assertThat(server.logdash().totals().events()).isEqualTo(LINES);
      List<LogEvent> events = new ArrayList<>();
      OrderKey after = null;
      List<LogEvent> page;
      do {
        page =
            server
                .logdash()
                .search()
                .search(LogQuery.builder().limit(LogQuery.MAX_LIMIT).after(after).build())
                .block(patience)
                .events();
        events.addAll(page);
        after = page.isEmpty() ? after : page.get(page.size() - 1).orderKey();
      } while (!page.isEmpty());
      return events;
    }
  }
}
