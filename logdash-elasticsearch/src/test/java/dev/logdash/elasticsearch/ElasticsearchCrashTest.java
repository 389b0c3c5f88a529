package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import dev.logdash.testing.elasticsearch.ElasticsearchServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left when the server dies or stands still, with a server of its own. */
class ElasticsearchCrashTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final LogQuery ALL = LogQuery.builder().build();

  @Test
  void keepsWhatItTookWhenTheServerIsKilledAndAbsorbsWhatIsSentAgain() {
    try (ElasticsearchServer server = start();
        ElasticsearchLogStore store =
            TestServer.store(server.url(), "", MutableClock.atNoon())
                .timeout(Duration.ofSeconds(5))
                .retryFor(Duration.ZERO)
                .build()) {
      EventBatch safe = LogEvents.batch(LogEvents.burst(1, 100));
      store.append(safe).block(SOON);
      store.flush().block(SOON);

      server.kill();
      assertThatThrownBy(() -> store.check().block(SOON))
          .isInstanceOf(BackendException.Unavailable.class);
      assertThatThrownBy(() -> store.append(safe).block(SOON))
          .isInstanceOf(BackendException.Unavailable.class);
      server.restart();

      assertThat(store.append(safe).block(SOON)).isEqualTo(new AppendResult(0, 100, List.of()));
      assertThat(store.count(ALL).block(SOON)).isEqualTo(100);

      server.pause();
      EventBatch more = LogEvents.batch(LogEvents.burst(101, 10));
      assertThatThrownBy(() -> store.append(more).block(SOON))
          .isInstanceOf(BackendException.Unavailable.class);
      server.resume();
      AppendResult again = store.append(more).blockOptional(SOON).orElseThrow();

      assertThat(again.stored() + again.duplicates()).isEqualTo(10);
    }
  }

  private static ElasticsearchServer start() {
    return ElasticsearchServer.start(
        ElasticsearchServer.VERSION_8,
        Path.of(System.getProperty("java.home")),
        TestServer.folder());
  }
}
