package dev.logdash.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Table;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongKeysTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FITTING = 15_000;

  @TempDir private Path folder;

  @Test
  void boundsTheMemoryOfATableWithManyOfThem() {
    try (LuceneLogStore store =
        LuceneLogStore.builder(folder.resolve("search"), MutableClock.atNoon()).build()) {
      append(store, 0);
      assertThat(byPath(store).rows())
          .hasSize(10)
          .allMatch(row -> row.key().get(0).length() > 2_000);

      append(store, FITTING);
      assertThatThrownBy(() -> byPath(store))
          .isInstanceOf(BackendException.Rejected.class)
          .hasMessageContaining("long keys");
    }
  }

  private static void append(LuceneLogStore store, int from) {
    String start = "/".repeat(2_000);
    List<LogEvent> events =
        IntStream.range(from, from + FITTING)
            .mapToObj(
                i ->
                    LogEvents.event(i)
                        .attributes(Attributes.builder().put("url.path", start + i).build())
                        .build())
            .toList();
    store.append(LogEvents.batch(events)).block(SOON);
    store.flush().block(SOON);
  }

  private static Table byPath(LuceneLogStore store) {
    return store
        .aggregate(
            new Aggregation(
                LogQuery.builder().build(),
                List.of(new Aggregation.ByField("url.path")),
                List.of(new Aggregation.Count()),
                10))
        .blockOptional(SOON)
        .orElseThrow();
  }
}
