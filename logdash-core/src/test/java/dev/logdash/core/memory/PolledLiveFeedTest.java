package dev.logdash.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class PolledLiveFeedTest {

  private final MutableClock clock = MutableClock.atNoon();
  private final InMemoryLogStore store = new InMemoryLogStore(clock);
  private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
  private final PolledLiveFeed feed = new PolledLiveFeed(store, scheduler, clock);
  private final List<LiveEvents> seen = new ArrayList<>();

  @Test
  void showsWhatIsStoredAfterItsBeginning() {
    store(0, 3);
    watch(Filter.ALL, 100);
    pass(2);
    assertThat(seen).isEmpty();

    store(3, 2);
    pass(1);
    store(5, 1);
    pass(1);
    pass(3);

    assertThat(seen)
        .extracting(news -> news.events().stream().map(LogEvent::seq).toList())
        .containsExactly(List.of(3L, 4L), List.of(5L));
    assertThat(seen).noneMatch(LiveEvents::gap);
  }

  @Test
  void showsNothingThatDoesNotMatch() {
    watch(new Filter.Phrase("message", "order 4 shipped"), 100);

    store(3, 3);
    pass(2);

    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).events()).extracting(LogEvent::seq).containsExactly(4L);
  }

  @Test
  void saysThatThereWasMoreThanItShows() {
    watch(Filter.ALL, 5);

    store(0, 12);
    pass(1);

    assertThat(seen.get(0).events())
        .extracting(LogEvent::seq)
        .containsExactly(7L, 8L, 9L, 10L, 11L);
    assertThat(seen.get(0).gap()).isTrue();
  }

  @Test
  void showsWhatHappensNowBehindEventsThatAreDatedAhead() {
    watch(Filter.ALL, 5);
    storeAhead(100, 10, Duration.ofMinutes(2));
    pass(2);
    assertThat(seen).isEmpty();

    store(1, 2);
    pass(1);
    assertThat(seen.get(0).events()).extracting(LogEvent::seq).containsExactly(1L, 2L);

    pass(120);
    assertThat(seen.get(1).events())
        .extracting(LogEvent::seq)
        .containsExactly(105L, 106L, 107L, 108L, 109L);
    assertThat(seen.get(1).gap()).isTrue();
  }

  @Test
  void showsNothingTwiceHoweverMuchIsShown() {
    watch(Filter.ALL, LogQuery.MAX_LIMIT);
    int seconds = 80;
    for (int i = 0; i < seconds; i++) {
      storeAhead(i * 500L, 500, Duration.ZERO);
      pass(1);
    }

    assertThat(seen.stream().flatMap(news -> news.events().stream()).map(LogEvent::seq))
        .containsExactlyElementsOf(LongStream.range(0, 500L * seconds).boxed().toList());
  }

  @Test
  void endsWhenItCloses() {
    boolean[] ended = new boolean[1];
    Disposable watching =
        feed.watch(LogQuery.builder().build(), 5)
            .doOnComplete(() -> ended[0] = true)
            .subscribe(seen::add);
    feed.close();

    assertThat(ended[0]).isTrue();
    assertThat(watching.isDisposed()).isTrue();
    assertThatThrownBy(() -> feed.watch(LogQuery.builder().build(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void watch(Filter filter, int capacity) {
    Disposable unused =
        feed.watch(LogQuery.builder().filter(filter).build(), capacity).subscribe(seen::add);
    assertThat(unused.isDisposed()).isFalse();
  }

  private void store(int first, int count) {
    storeAhead(first, count, Duration.ZERO);
  }

  private void storeAhead(long first, int count, Duration ahead) {
    long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant().plus(ahead));
    List<LogEvent> events = new ArrayList<>();
    for (long seq = first; seq < first + count; seq++) {
      // A nanosecond apart, as the clock of the test stands still.
      events.add(LogEvents.event(seq).timestampNanos(nanos + seq - first).build());
    }
    store.append(LogEvents.batch(events)).block();
  }

  private void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    scheduler.advanceTimeBy(Duration.ofSeconds(seconds));
  }
}
