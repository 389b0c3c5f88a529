package dev.logdash.elasticsearch;

import static dev.logdash.elasticsearch.BulkStub.atMost;
import static dev.logdash.elasticsearch.BulkStub.cut;
import static dev.logdash.elasticsearch.BulkStub.items;
import static dev.logdash.elasticsearch.BulkStub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.AppendResult;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of events when the server answers badly. */
class BulkWriterTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String SECRET = "Zm9vOmJhcg";

  private final BulkStub stub = new BulkStub();
  private final List<Long> bounds = new ArrayList<>();
  private final AtomicReference<ElasticsearchLogStore> others = new AtomicReference<>();
  private final ElasticsearchLogStoreBuilder builder =
      ElasticsearchLogStore.builder(List.of(URI.create(stub.url())), MutableClock.atNoon())
          .apiKey(SECRET)
          .random(
              bound -> {
                bounds.add(bound);
                return 0;
              });

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void sendsOnlyThoseAgainThatMaySucceedLater() {
    stub.then(items("201", "429 es_rejected_execution_exception", "503 unavailable", "409 version"))
        .then(items("500 broken", "201"))
        .then(items("201"));

    assertThat(append(4)).isEqualTo(new AppendResult(3, 1, List.of()));
    assertThat(stub.requests())
        .containsExactly(
            List.of(id(1), id(2), id(3), id(4)), List.of(id(2), id(3)), List.of(id(2)));
  }

  @Test
  void sendsTheSameAgainAlthoughOthersWereSentMeanwhile() {
    stub.then(items("429 busy", "201")).then(items("201", "201")).then(items("201"));
    try (ElasticsearchLogStore store =
        builder
            .random(
                bound -> {
                  // Between the answer and the second try the memory of the first serves others.
                  store(others.get(), LogEvents.burst(3, 2));
                  return 0;
                })
            .build()) {
      others.set(store);

      assertThat(store(store, LogEvents.burst(1, 2))).isEqualTo(new AppendResult(2, 0, List.of()));
    }
    assertThat(stub.requests())
        .containsExactly(List.of(id(1), id(2)), List.of(id(3), id(4)), List.of(id(1)));
  }

  @Test
  void waitsARandomTimeWhoseBoundDoubles() {
    stub.then(items("429 busy")).then(items("429 busy")).then(items("429 busy")).then(items("201"));

    append(1);

    assertThat(bounds).containsExactly(101L, 201L, 401L);
  }

  @Test
  void neverSendsADuplicateAgain() {
    stub.then(items("409 version_conflict_engine_exception"));

    assertThat(append(2)).isEqualTo(new AppendResult(0, 2, List.of()));
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void givesBackWhatTheServerCanNeverTake() {
    stub.then(items("201", "400 document_parsing_exception", "201"));

    AppendResult result = append(3);

    assertThat(result.stored()).isEqualTo(2);
    assertThat(result.rejected())
        .containsExactly(new AppendResult.Rejection(1, "document_parsing_exception: because"));
  }

  @Test
  void splitsWhatIsTooLargeUntilItFits() {
    stub.then(atMost(2));

    assertThat(append(5)).isEqualTo(new AppendResult(5, 0, List.of()));
    assertThat(stub.requests().stream().map(List::size)).containsExactly(5, 2, 3, 1, 2);
  }

  @Test
  void rejectsAnEventThatIsTooLargeAlone() {
    stub.then(atMost(0));

    AppendResult result = append(2);

    assertThat(result.stored()).isZero();
    assertThat(result.rejected()).extracting(AppendResult.Rejection::index).containsExactly(0, 1);
  }

  @Test
  void absorbsThatAnAnswerWasLost() {
    stub.then(cut()).then(items("409 version_conflict_engine_exception", "201"));

    assertThat(append(2)).isEqualTo(new AppendResult(1, 1, List.of()));
    assertThat(stub.requests()).containsExactly(List.of(id(1), id(2)), List.of(id(1), id(2)));
  }

  @Test
  void sendsAllAgainWhenTheWholeRequestIsRefusedForNow() {
    stub.then(status(503, "")).then(status(429, "circuit_breaking_exception")).then(items("201"));

    assertThat(append(2)).isEqualTo(new AppendResult(2, 0, List.of()));
  }

  @Test
  void asksToSlowDownWhenTheServerStaysBusy() {
    stub.then(items("429 es_rejected_execution_exception"));
    builder.retryFor(Duration.ofMillis(200)).random(bound -> bound - 1);

    assertThatThrownBy(() -> append(1)).isInstanceOf(BackendException.Overloaded.class);
    assertThat(stub.requests()).hasSizeBetween(2, 3);
  }

  @Test
  void saysThatTheServerIsAwayWhenItStaysAway() {
    stub.then(cut());
    builder.retryFor(Duration.ofMillis(200)).random(bound -> bound - 1);

    assertThatThrownBy(() -> append(1)).isInstanceOf(BackendException.Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource({
    "403 cluster_block_exception",
    "403 security_exception",
    "404 index_not_found_exception",
    "400 index_closed_exception",
    "400 validation_exception"
  })
  void neverRejectsAnEventForWhatIsWrongWithTheIndex(String item) {
    stub.then(items("201", item));

    assertThatThrownBy(() -> append(2)).isInstanceOf(BackendException.Misconfigured.class);
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void asksToSlowDownWhenTheDiskIsFull() {
    stub.then(items("429 cluster_block_exception"));

    assertThatThrownBy(() -> append(1)).isInstanceOf(BackendException.Overloaded.class);
    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void saysThatTheKeyIsWrongAndNotWhatItIs() {
    stub.then(status(401, "security_exception"));

    assertThatThrownBy(() -> append(1))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("does not know the API key")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void signsInAndSpeaksTheVersionAskedFor() {
    stub.then(items("201"));
    builder.compatibility(9);

    append(1);

    assertThat(stub.headers())
        .containsExactly(
            "ApiKey " + SECRET,
            "application/vnd.elasticsearch+json; compatible-with=9",
            "application/vnd.elasticsearch+x-ndjson; compatible-with=9");
  }

  @Test
  void boundsTheBytesOfARequest() {
    stub.then(items("201"));
    builder.maxBulkBytes(1);

    assertThat(append(3)).isEqualTo(new AppendResult(3, 0, List.of()));
    assertThat(stub.requests()).containsExactly(List.of(id(1)), List.of(id(2)), List.of(id(3)));
  }

  @Test
  void sendsManyInTwoRequestsAtATimeAndEventsOfOneIdInOrder() {
    stub.then(items("201"));
    List<LogEvent> events = new ArrayList<>(LogEvents.burst(1, 1_000));
    events.addAll(LogEvents.burst(1, 1_000));
    List<String> ids = events.stream().map(LogEvent::id).toList();

    try (ElasticsearchLogStore store = builder.build()) {
      assertThat(store.append(LogEvents.batch(events)).block(SOON))
          .isEqualTo(new AppendResult(2_000, 0, List.of()));
    }

    assertThat(stub.requests()).hasSize(2);
    assertThat(stub.requests().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(stub.requests()).allSatisfy(sent -> assertThat(ids).containsSubsequence(sent));
    assertThat(stub.requests().get(0)).doesNotContainAnyElementsOf(stub.requests().get(1));
  }

  @Test
  void tellsWhatWasRefusedInOrderWhateverRequestItWasIn() {
    stub.then(items("400 mapper_parsing_exception"));

    assertThat(append(1_000).rejected())
        .extracting(AppendResult.Rejection::index)
        .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
  }

  @Test
  void countsWhatItDoes() {
    stub.then(items("201", "503 unavailable")).then(items("409 version"));

    try (ElasticsearchLogStore store = builder.build()) {
      store.append(LogEvents.batch(LogEvents.burst(1, 2))).block(SOON);

      assertThat(store.statistics()).isEqualTo(new ElasticsearchStatistics(1, 1, 0, 1, 2, 0, 0));
    }
  }

  private AppendResult append(int events) {
    try (ElasticsearchLogStore store = builder.build()) {
      return store(store, LogEvents.burst(1, events));
    }
  }

  private static AppendResult store(ElasticsearchLogStore store, List<LogEvent> events) {
    return store.append(LogEvents.batch(events)).blockOptional(SOON).orElseThrow();
  }

  private static String id(long seq) {
    return LogEvents.event(seq).build().id();
  }
}
