package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final class Forever implements DashboardCache {

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
    Forever cache = new Forever();
    try (Host host = new Host(folder, Map.of(), builder -> builder.cache(cache))) {
      // Far more than may search or wait to search at a time.
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      host.client()
                          .sendAsync(
                              host.request("api/v1/rollups/services?" + SPAN, "eve").build(),
                              HttpResponse.BodyHandlers.ofString()))
              .toList();

      assertThat(answers)
          .extracting(answer -> answer.get(60, TimeUnit.SECONDS).statusCode())
          .containsOnly(200);
      assertThat(cache.puts.get()).isPositive();
    }
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
