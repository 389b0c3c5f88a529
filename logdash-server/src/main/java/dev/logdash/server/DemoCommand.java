package dev.logdash.server;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.core.alert.AlertRule;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Serves a dashboard with the logs of a made-up shop. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Show a dashboard with live logs of a made-up shop.",
      "Five services log in five formats. Every five minutes something goes wrong, with a cause",
      "that can be found. Ctrl+C ends it and removes its data.",
      ""
    })
final class DemoCommand implements Callable<Integer> {

  private static final Duration PAST = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Fires in each incident of the shop. */
  static final AlertRule CHECKOUT_FAILS =
      new AlertRule(
          "demo-checkout-fails",
          0,
          "",
          "Checkout fails",
          RawRecord.DEFAULT_DATASET,
          "status:>=500",
          new AlertRule.Measure(
              AlertRule.Kind.RATIO,
              AlertRule.Source.EVENTS,
              EcsFields.DURATION,
              0.95,
              "service:gateway http.route:/api/v1/checkout"),
          AlertRule.Comparison.ABOVE,
          0.2,
          Duration.ofMinutes(1),
          Duration.ofSeconds(10),
          List.of(),
          Notification.Urgency.CRITICAL,
          List.of(),
          "Look at what the payment service logged since its last deployment.",
          true);

  private final Console console;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "7070",
      description = "The port; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path folder = Files.createTempDirectory("logdash-demo");
    LogdashConfig config =
        LogdashCommand.of(parent)
            .config(
                Map.of(
                    ConfigKeys.DATA_DIR.name(), folder.toString(),
                    ConfigKeys.SERVER_HOST.name(), "127.0.0.1",
                    ConfigKeys.SERVER_PORT.name(), Integer.toString(port)));
    RunningServer.untilToldToEnd(config, console, this::run, () -> delete(folder));
    return ExitCode.OK;
  }

  /** Fills in the past, then goes on with the clock until it is disposed of. */
  Disposable run(RunningServer server) {
    server.alerting().rules().provide(CHECKOUT_FAILS).block(PATIENCE);
    LogSink sink = server.installation().logdash().sink();
    Scheduler scheduler = server.installation().scheduler();
    DemoTraffic traffic = new DemoTraffic(console.clock().millis());
    long now = console.clock().instant().getEpochSecond();
    for (long second = now - PAST.toSeconds(); second < now; second++) {
      log(sink, traffic, second).block(PATIENCE);
    }
    return Flux.interval(Duration.ofSeconds(1), scheduler)
        .onBackpressureBuffer()
        .concatMap(tick -> log(sink, traffic, now + tick))
        .subscribe(
            nothing -> {},
            error ->
                LoggerFactory.getLogger(DemoCommand.class).warn("The shop logs no more", error));
  }

  private static Mono<Void> log(LogSink sink, DemoTraffic traffic, long second) {
    return Mono.defer(() -> sink.append(traffic.second(second), AckLevel.SPOOLED)).then();
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
