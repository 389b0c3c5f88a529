package dev.logdash.core.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.memory.InMemoryDashboardCache;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.tck.LogEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class VisualizationManagerTest {

  private static final LogQuery HOUR =
      LogQuery.builder().between(LogEvents.NOON, LogEvents.NOON + LogEvents.HOUR).build();

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final Sinks.Empty<Void> gate = Sinks.empty();
  private final InMemoryLogStore store = new InMemoryLogStore(Clock.systemUTC());
  private final VisualizationManager panels =
      new VisualizationManager(new InMemoryDashboardCache(1_000_000, nanos::get), nanos::get);

  private final LogSearch counting =
      new LogSearch() {
        @Override
        public Mono<Page> search(LogQuery query) {
          return store.search(query);
        }

        @Override
        public Mono<Long> count(LogQuery query) {
          return store.count(query);
        }

        @Override
        public Mono<Table> aggregate(Aggregation aggregation) {
          return gate.asMono()
              .doOnSubscribe(s -> asked.incrementAndGet())
              .doOnCancel(cancelled::incrementAndGet)
              .then(store.aggregate(aggregation));
        }
      };

  @BeforeEach
  void fill() {
    store.append(LogEvents.batch(LogEvents.burst(1, 100))).block();
    store.append(LogEvents.batch(LogEvents.error(200, "boom"))).block();
  }

  @Test
  void computesOnceHoweverManyAsk() {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      panels.show("all", "histogram", Panel.histogram(HOUR, 60), counting).subscribe(answers::add);
    }
    gate.tryEmitEmpty();

    assertThat(answers).hasSize(50).containsOnly(answers.get(0));
    assertThat(asked).hasValue(1);
  }

  @Test
  void keepsAPanelForAShortTime() {
    gate.tryEmitEmpty();
    show("all");
    show("all");
    assertThat(asked).hasValue(1);

    nanos.addAndGet(VisualizationManager.TIME_TO_LIVE.toNanos() + 1);
    show("all");
    assertThat(asked).hasValue(2);
  }

  @Test
  void asksTheCacheOnceForAllWhoComeWithinAMoment() {
    AtomicInteger gets = new AtomicInteger();
    InMemoryDashboardCache kept = new InMemoryDashboardCache(1_000_000, nanos::get);
    DashboardCache elsewhere =
        new DashboardCache() {
          @Override
          public Mono<String> get(PanelKey key) {
            gets.incrementAndGet();
            return kept.get(key);
          }

          @Override
          public Mono<Void> put(PanelKey key, String panel, Duration timeToLive) {
            return kept.put(key, panel, timeToLive);
          }

          @Override
          public Mono<Void> invalidate(String scope) {
            return kept.invalidate(scope);
          }

          @Override
          public void close() {}
        };
    VisualizationManager manager = new VisualizationManager(elsewhere, nanos::get);
    gate.tryEmitEmpty();
    for (int i = 0; i < 50; i++) {
      manager.show("all", "histogram", Panel.histogram(HOUR, 60), counting).block();
    }
    assertThat(gets).hasValue(1);

    nanos.addAndGet(VisualizationManager.TIME_TO_LIVE.toNanos() - 1);
    manager.show("all", "histogram", Panel.histogram(HOUR, 60), counting).block();
    assertThat(gets).hasValue(1);

    nanos.addAndGet(1);
    manager.show("all", "histogram", Panel.histogram(HOUR, 60), counting).block();
    assertThat(gets).hasValue(2);
    assertThat(asked).hasValue(2);
  }

  @Test
  void asksTheCacheAgainSoonForWhatItTookFromThere() {
    DashboardCache shared = new InMemoryDashboardCache(1_000_000, nanos::get);
    VisualizationManager other = new VisualizationManager(shared, nanos::get);
    VisualizationManager reader = new VisualizationManager(shared, nanos::get);
    gate.tryEmitEmpty();
    Panel panel = Panel.histogram(HOUR, 60);
    other.show("all", "histogram", panel, counting).block();
    nanos.addAndGet(VisualizationManager.TIME_TO_LIVE.toNanos() - 1);
    reader.show("all", "histogram", panel, counting).block();
    assertThat(asked).hasValue(1);

    nanos.addAndGet(VisualizationManager.READ.toNanos() - 1);
    reader.show("all", "histogram", panel, counting).block();
    assertThat(asked).hasValue(1);

    nanos.addAndGet(1);
    reader.show("all", "histogram", panel, counting).block();
    assertThat(asked).hasValue(2);
  }

  @Test
  void forgetsWhatWasShownBeforeItTakesTooMuchRoom() {
    RecentPanels recent = new RecentPanels(nanos::get);
    String large = "x".repeat(1_500_000);
    for (int i = 0; i < 3; i++) {
      recent.put(new PanelKey("all", "q" + i), large, Duration.ofSeconds(1));
    }
    assertThat(recent.get(new PanelKey("all", "q0"))).isNull();
    assertThat(recent.get(new PanelKey("all", "q2"))).isEqualTo(large);

    // Nor do long questions with short answers.
    for (int i = 0; i < 3; i++) {
      recent.put(new PanelKey("all", large + i), "{}", Duration.ofSeconds(1));
    }
    assertThat(recent.get(new PanelKey("all", large + 0))).isNull();
  }

  @Test
  void keepsReadersWithOtherRightsApart() {
    gate.tryEmitEmpty();
    show("all");
    show("service:checkout");

    assertThat(asked).hasValue(2);
  }

  @Test
  void endsTheWorkWhenTheLastOneLeaves() {
    Disposable first =
        panels.show("all", "histogram", Panel.histogram(HOUR, 60), counting).subscribe();
    Disposable second =
        panels.show("all", "histogram", Panel.histogram(HOUR, 60), counting).subscribe();

    first.dispose();
    assertThat(cancelled).hasValue(0);
    second.dispose();
    assertThat(cancelled).hasValue(1);

    gate.tryEmitEmpty();
    assertThat(show("all")).contains("\"total\":101");
  }

  @Test
  void asksAgainAfterAFailure() {
    LogSearch failing =
        new LogSearch() {
          @Override
          public Mono<Page> search(LogQuery query) {
            return Mono.error(new BackendException.Unavailable("down", null));
          }

          @Override
          public Mono<Long> count(LogQuery query) {
            return Mono.error(new BackendException.Unavailable("down", null));
          }

          @Override
          public Mono<Table> aggregate(Aggregation aggregation) {
            return Mono.error(new BackendException.Unavailable("down", null));
          }
        };
    Mono<String> failed = panels.show("all", "histogram", Panel.histogram(HOUR, 60), failing);
    assertThat(failed.onErrorReturn("failed").block()).isEqualTo("failed");
    gate.tryEmitEmpty();

    assertThat(show("all")).contains("\"total\":101");
  }

  @Test
  void worksWithoutItsCache() {
    gate.tryEmitEmpty();
    BackendException down = new BackendException.Unavailable("down", null);
    DashboardCache broken =
        new DashboardCache() {
          @Override
          public Mono<String> get(PanelKey key) {
            return Mono.error(down);
          }

          @Override
          public Mono<Void> put(PanelKey key, String panel, Duration timeToLive) {
            return Mono.error(down);
          }

          @Override
          public Mono<Void> invalidate(String scope) {
            return Mono.error(down);
          }

          @Override
          public void close() {}
        };

    String panel =
        new VisualizationManager(broken)
            .show("all", "histogram", Panel.histogram(HOUR, 60), counting)
            .block();

    assertThat(panel).contains("\"total\":101");
  }

  @Test
  void hasEveryBucketAndEveryClass() {
    gate.tryEmitEmpty();

    String panel = show("all");

    // An hour in minutes: 60 whole ones.
    assertThat(panel)
        .startsWith(
            "{\"from\":1795435200000,\"to\":1795438800000,\"widthMillis\":60000,\"series\":[")
        .contains("{\"key\":\"fatal\",\"counts\":[" + "0,".repeat(59) + "0]}")
        .contains("{\"key\":\"error\",\"counts\":[0,0,0,1," + "0,".repeat(55) + "0]}")
        .contains("{\"key\":\"info\",\"counts\":[59,41," + "0,".repeat(57) + "0]}")
        .contains("{\"key\":\"none\"");
  }

  @Test
  void countsTopValuesOverAllMatches() {
    Panel panel = Panel.topValues(HOUR, List.of("service.name", "error.type"), 5);
    gate.tryEmitEmpty();

    assertThat(panels.show("all", "top", panel, counting).block())
        .isEqualTo(
            "{\"fields\":[{\"field\":\"service.name\",\"events\":101,\"more\":false,\"values\":"
                + "[{\"value\":\"checkout\",\"count\":101}]},"
                + "{\"field\":\"error.type\",\"events\":1,\"more\":false,\"values\":"
                + "[{\"value\":\"java.io.IOException\",\"count\":1}]}],"
                + "\"sampled\":101,\"total\":101}");
  }

  @Test
  void findsTheFieldsOfTheNewestMatches() {
    assertThat(panels.show("all", "fields", Panel.fields(HOUR), counting).block())
        .contains("{\"field\":\"service.name\",\"events\":101,\"type\":\"string\"}")
        .contains("{\"field\":\"error.type\",\"events\":1,\"type\":\"string\"}")
        .endsWith("\"sampled\":101,\"total\":101}");
  }

  private String show(String scope) {
    return panels.show(scope, "histogram", Panel.histogram(HOUR, 60), counting).block();
  }
}
