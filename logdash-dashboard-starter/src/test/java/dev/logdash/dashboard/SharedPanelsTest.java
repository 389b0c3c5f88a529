package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** What is computed once for all who may see the same. */
class SharedPanelsTest {

  private static final String SPAN = "from=2026-11-24T10:00:00Z&to=2026-11-24T11:00:00Z";

  /** Forgets nothing, so that time plays no part. */
  private static class Forever implements DashboardCache {

    final AtomicInteger puts = new AtomicInteger();
    private final Map<PanelKey, String> panels = new ConcurrentHashMap<>();

    @Override
    public Mono<String> get(PanelKey key) {
      return Mono.justOrEmpty(panels.get(key));
    }

    @Override
    public Mono<Void> put(PanelKey key, String panel, Duration timeToLive) {
      return Mono.fromRunnable(
          () -> {
            puts.incrementAndGet();
            panels.put(key, panel);
          });
    }

    @Override
    public Mono<Void> invalidate(String scope) {
      return Mono.empty();
    }

    @Override
    public void close() {}
  }

  @TempDir private Path folder;

  @Test
  void whoWaitsForTheAnswerOfAnotherTakesNoTurn() throws Exception {
    // Far more than may search or wait to search at a time.
    int people = 400;
    CountDownLatch known = new CountDownLatch(people);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    Forever cache =
        new Forever() {
          @Override
          public Mono<String> get(PanelKey key) {
            return Mono.fromFuture(gate, true).then(super.get(key));
          }
        };
    try (Host host = new Host(folder, Map.of(), builder -> builder.cache(cache))) {
      host.onRequest(known::countDown);
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, people)
              .mapToObj(
                  i ->
                      host.client()
                          .sendAsync(
                              host.request("api/v1/rollups/services?" + SPAN, "eve").build(),
                              HttpResponse.BodyHandlers.ofString()))
              .toList();
      assertThat(known.await(60, TimeUnit.SECONDS)).isTrue();
      gate.complete(null);

      assertThat(answers)
          .extracting(answer -> answer.get(60, TimeUnit.SECONDS).statusCode())
          .containsOnly(200);
      assertThat(cache.puts).hasValue(1);
    }
  }

  @Test
  void aSpanThatEndsNowIsTheSameQuestionWhileTimeGoesOn() throws Exception {
    Forever cache = new Forever();
    Clock ticking = Clock.systemUTC();
    AtomicInteger seconds = new AtomicInteger();
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return ticking.instant().plusSeconds(seconds.get());
          }

          @Override
          public ZoneId getZone() {
            return ticking.getZone();
          }

          @Override
          public Clock withZone(ZoneId zone) {
            throw new AssertionError("nobody has a zone here");
          }
        };
    List<String> questions =
        List.of(
            "api/v1/rollups/services",
            "api/v1/rollups/series?from=now-1h",
            "api/v1/rollups/routes?from=now-1h&to=now",
            "api/v1/histogram?q=timestamp:%3Enow-5m",
            "api/v1/facets?fields=service&from=now-1h");
    try (Host host = new Host(folder, Map.of(), builder -> builder.cache(cache).clock(clock))) {
      for (String question : questions) {
        String seen = host.json(question, "eve").toString();
        seconds.addAndGet(30);
        assertThat(host.json(question, "dan").toString()).isEqualTo(seen);
      }
      assertThat(cache.puts).hasValue(questions.size());
    }
  }

  @Test
  void aValueCannotPassForAnotherParameter() throws Exception {
    Forever cache = new Forever();
    try (Host host = new Host(folder, Map.of(), builder -> builder.cache(cache))) {
      host.json("api/v1/facets?fields=service&top=5&q=a&" + SPAN, "eve");
      host.json("api/v1/facets?fields=service&q=a%0Atop+1+5&" + SPAN, "eve");
    }
    assertThat(cache.puts).hasValue(2);
  }

  @Test
  void eachQuestionIsComputedOnceForEachScope() throws Exception {
    Forever cache = new Forever();
    List<String> questions =
        List.of(
            "api/v1/rollups/services?" + SPAN,
            "api/v1/rollups/series?" + SPAN,
            "api/v1/rollups/series?service=checkout&" + SPAN,
            "api/v1/rollups/routes?" + SPAN,
            "api/v1/rollups/routes?top=5&" + SPAN,
            "api/v1/histogram?" + SPAN,
            "api/v1/facets?fields=service&" + SPAN);
    try (Host host = new Host(folder, Map.of(), builder -> builder.cache(cache))) {
      for (String question : questions) {
        String seen = host.json(question, "eve").toString();
        assertThat(host.json(question, "dan").toString()).isEqualTo(seen);
      }
      assertThat(cache.puts).hasValue(questions.size());

      for (String question : questions) {
        host.json(question, "bob service:payment");
      }
      assertThat(cache.puts).hasValue(2 * questions.size());
    }
  }
}
