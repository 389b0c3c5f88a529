package dev.logdash.core.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Table;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.enrich.Enrichers;
import dev.logdash.core.memory.InMemoryLogStore;
import dev.logdash.core.statement.StatementTable.Statement;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class FormSamplesTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final LogQuery ALL = LogQuery.builder().build();

  private final Enricher forms = Enrichers.last(LogdashConfig.defaults()).get(0).enricher();

  @Test
  void keepsOnlyTheHeadOfALongMessage() {
    String first = "import of " + "a".repeat(2_000) + " failed\n";
    try (InMemoryLogStore store = new InMemoryLogStore(MutableClock.atNoon())) {
      give(store, List.of(message(1, first + "x".repeat(1_000_000))));

      Statement row = statements(store).rows().get(0);

      assertThat(row.example()).hasSize(4_096).startsWith(first + "xxx");
      assertThat(row.text()).startsWith("import of ").endsWith(" failed");
    }
  }

  @Test
  void readsFewEventsAtATimeAndFindsAllForms() {
    List<LogEvent> events = new ArrayList<>();
    int frequent = 0;
    for (int form = 0; form < 1_000; form++) {
      // Some forms are too frequent for all of their events to fit into a page.
      int times = form % 100 == 0 ? 150 : 1;
      frequent += times > 1 ? 1 : 0;
      for (int i = 0; i < times; i++) {
        events.add(message(events.size(), "looked up " + word(form) + " for somebody"));
      }
    }
    assertThat(frequent).isEqualTo(10);
    try (InMemoryLogStore store = new InMemoryLogStore(MutableClock.atNoon())) {
      give(store, events);
      Watched watched = new Watched(store);

      StatementTable table = statements(watched);

      assertThat(table.other()).isZero();
      assertThat(table.rows()).extracting(Statement::forms).containsExactly(1_000);
      assertThat(watched.most).isBetween(1, 101);
    }
  }

  private static LogEvent message(long seq, String message) {
    return LogEvents.event(seq).message(message).build();
  }

  /** A word that looks like no value. */
  private static String word(int number) {
    return Integer.toString(number + 1_000)
        .chars()
        .collect(
            StringBuilder::new,
            (word, digit) -> word.append((char) ('g' + digit - '0')),
            StringBuilder::append)
        .toString();
  }

  private static StatementTable statements(LogSearch search) {
    StatementTable table = StatementSearch.run(ALL, 10, search).block(TIMEOUT);
    assertThat(table).isNotNull();
    return table;
  }

  private void give(InMemoryLogStore store, List<LogEvent> events) {
    List<LogEvent> formed = events.stream().map(forms::enrich).toList();
    for (int i = 0; i < formed.size(); i += 1_000) {
      store
          .append(LogEvents.batch(formed.subList(i, Math.min(formed.size(), i + 1_000))))
          .block(TIMEOUT);
    }
  }

  /** Remembers the largest page that was asked for. */
  private static final class Watched implements LogSearch {
    private final LogSearch search;
    private int most;

    Watched(LogSearch search) {
      this.search = search;
    }

    @Override
    public Mono<Page> search(LogQuery query) {
      most = Math.max(most, query.limit());
      return search.search(query);
    }

    @Override
    public Mono<Long> count(LogQuery query) {
      return search.count(query);
    }

    @Override
    public Mono<Table> aggregate(Aggregation aggregation) {
      return search.aggregate(aggregation);
    }
  }
}
