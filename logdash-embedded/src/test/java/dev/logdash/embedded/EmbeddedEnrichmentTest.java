package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.Submission;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.Logdash;
import dev.logdash.core.LogdashBuilder;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.enrich.NamedEnricher;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of lines through a data folder, with the enrichers of the settings. */
class EmbeddedEnrichmentTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void anEventIsStoredWithWhatIsKnownOfItThoughAnEnricherFails() {
    ConfigSource settings =
        new ConfigSource(
            "test",
            Map.of(
                ConfigKeys.DATA_DIR.name(), folder.toString(), "logdash.enrich.service", "shop"));

    try (EmbeddedLogdash embedded =
        EmbeddedLogdash.start(
            LogdashConfig.of(List.of(settings)), Clock.systemUTC(), new Random(1), failing())) {
      Logdash logdash = embedded.logdash();
      append(logdash, "{\"message\":\"one\",\"kubernetes\":{\"labels\":{\"app\":\"cart\"}}}");
      append(
          logdash,
          "two 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
              + "\njava.lang.IllegalStateException: x\n\tat shop.Cart.add(Cart.java:5)");
      logdash.drain().block(PATIENCE);
      List<LogEvent> events =
          logdash
              .search()
              .search(LogQuery.builder().build())
              .blockOptional(PATIENCE)
              .orElseThrow()
              .events();

      assertThat(events).extracting(LogEvent::service).containsExactlyInAnyOrder("cart", "shop");
      LogEvent two =
          events.stream().filter(event -> event.service().equals("shop")).findAny().orElseThrow();
      assertThat(two.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
      assertThat(two.attributes().text("error.grouping_key")).hasSize(16);
      assertThat(logdash.totals().deadLetters()).isZero();
      assertThat(logdash.enrichmentFailures())
          .containsEntry("broken", 2L)
          .containsEntry("fingerprint", 0L);
    }
  }

  private static void append(Logdash logdash, String text) {
    assertThat(
            logdash
                .sink()
                .append(List.of(Submission.of(text, "test")), AckLevel.ACCEPTED)
                .block(PATIENCE))
        .isNotNull();
  }

  private static Assembly failing() {
    return new Assembly() {
      @Override
      public LogdashBuilder connect(
          LogdashBuilder builder, LogSink sink, LogSource source, EmbeddedStorage storage) {
        return Assembly.DIRECT
            .connect(builder, sink, source, storage)
            .enrich(new NamedEnricher("broken", EmbeddedEnrichmentTest::fail));
      }
    };
  }

  private static LogEvent fail(LogEvent event) {
    throw new IllegalStateException("broken for " + event.id());
  }
}
