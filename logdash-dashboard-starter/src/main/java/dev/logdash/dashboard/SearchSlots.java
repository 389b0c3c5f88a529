package dev.logdash.dashboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Bounds how many searches run at a time, for one user and for all. A few more wait for their turn;
 * beyond that a search is refused. Waiting counts towards the deadline.
 */
final class SearchSlots {

  private static final int GLOBAL = 16;
  private static final int PER_USER = 4;
  private static final int MAX_WAITING = 64;
  private static final int MAX_WAITING_PER_USER = 32;

  private final Scheduler scheduler;
  private final Duration deadline;

  // All guarded by this.
  private final Map<String, Integer> running = new HashMap<>();
  private final Set<Search<?>> waiting = new LinkedHashSet<>();
  private int total;

  SearchSlots(Scheduler scheduler, Duration deadline) {
    this.scheduler = scheduler;
    this.deadline = deadline;
  }

  /** The work, when it is its turn; cancelling gives the turn to the next one. */
  <T> Mono<T> run(String user, Mono<T> work) {
    return Mono.<T>create(
            sink -> {
              Search<T> search = new Search<>(user, work, sink);
              sink.onDispose(() -> end(search));
              if (!enter(search)) {
                sink.error(Problem.busy("too many searches are under way", 1));
              }
            })
        .timeout(deadline, scheduler);
  }

  private boolean enter(Search<?> search) {
    synchronized (this) {
      if (!mayRun(search.user)) {
        long own = waiting.stream().filter(other -> other.user.equals(search.user)).count();
        if (waiting.size() == MAX_WAITING || own == MAX_WAITING_PER_USER) {
          return false;
        }
        waiting.add(search);
        return true;
      }
      grant(search);
    }
    search.start();
    return true;
  }

  private void end(Search<?> search) {
    List<Search<?>> next = new ArrayList<>();
    synchronized (this) {
      waiting.remove(search);
      if (search.granted) {
        search.granted = false;
        total--;
        running.computeIfPresent(search.user, (user, count) -> count == 1 ? null : count - 1);
        for (Iterator<Search<?>> all = waiting.iterator(); all.hasNext(); ) {
          Search<?> candidate = all.next();
          if (mayRun(candidate.user)) {
            all.remove();
            grant(candidate);
            next.add(candidate);
          }
        }
      }
    }
    search.stop();
    next.forEach(Search::start);
  }

  private boolean mayRun(String user) {
    return total < GLOBAL && running.getOrDefault(user, 0) < PER_USER;
  }

  private void grant(Search<?> search) {
    search.granted = true;
    total++;
    running.merge(search.user, 1, Integer::sum);
  }

  private final class Search<T> {
    final String user;
    final Mono<T> work;
    final MonoSink<T> sink;
    boolean granted;
    private @Nullable Disposable started;
    private boolean stopped;

    Search(String user, Mono<T> work, MonoSink<T> sink) {
      this.user = user;
      this.work = work;
      this.sink = sink;
    }

    void start() {
      Disposable subscription =
          work.subscribeOn(scheduler)
              .singleOptional()
              .subscribe(
                  // To end a sink that has a value, and nobody to take it yet, loses the value.
                  found -> found.ifPresentOrElse(sink::success, sink::success),
                  sink::error);
      synchronized (this) {
        if (!stopped) {
          started = subscription;
          return;
        }
      }
      subscription.dispose();
    }

    void stop() {
      Disposable subscription;
      synchronized (this) {
        stopped = true;
        subscription = started;
      }
      if (subscription != null) {
        subscription.dispose();
      }
    }
  }
}
