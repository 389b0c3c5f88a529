package dev.logdash.core.sim;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reactor.core.publisher.Mono;

/**
 * The search store: takes the first event of an id, refuses some for ever, loses what was not
 * flushed when it crashes, and takes only some events of a batch while it is overloaded.
 */
final class SimSearch {

  private static final long DAY_NANOS = 86_400L * 1_000_000_000L;
  private static final long FIRST_WAIT_MILLIS = 100;
  private static final int MOST_ATTEMPTS = 6;

  private final SimWorld world;
  private final SimServer server;
  private final Map<String, LogEvent> events = new TreeMap<>();
  private final List<String> unflushed = new ArrayList<>();
  private long overloadedUntil;
  private int refusedOfTen;

  SimSearch(SimWorld world, SimServer server) {
    this.world = world;
    this.server = server;
  }

  /** The stored events by day of reception and id. */
  Map<String, LogEvent> events() {
    return events;
  }

  /** What was not flushed is lost. */
  void crash() {
    unflushed.forEach(events::remove);
    unflushed.clear();
  }

  /** Refuses for a while so many of ten events, each by itself, and takes the others. */
  void overload(long nanos, int ofTen) {
    overloadedUntil = world.now() + nanos;
    refusedOfTen = ofTen;
  }

  LogStore open(SimProcess process) {
    return new LogStore() {
      @Override
      public Mono<AppendResult> append(EventBatch batch) {
        return Mono.defer(() -> send(process, new Taken(batch.events()), 1));
      }

      @Override
      public Mono<Void> flush() {
        return server
            .call(
                process,
                () -> {
                  unflushed.clear();
                  return true;
                })
            .then();
      }

      @Override
      public Mono<List<String>> retain(Retention policy) {
        return Mono.just(List.of());
      }

      @Override
      public Mono<Long> delete(LogQuery query) {
        return Mono.just(0L);
      }

      @Override
      public Mono<Void> check() {
        return Mono.empty();
      }

      @Override
      public void close() {}
    };
  }

  /** As an adapter does: what may succeed later is sent again, alone, and not for ever. */
  private Mono<AppendResult> send(SimProcess process, Taken taken, int attempt) {
    return server
        .call(process, () -> take(taken))
        .flatMap(
            left -> {
              if (left.isEmpty()) {
                return Mono.just(taken.result());
              }
              if (attempt == MOST_ATTEMPTS) {
                return Mono.error(
                    new BackendException.Overloaded("simulated", new RefusedForNow(left)));
              }
              taken.left = left;
              long most = FIRST_WAIT_MILLIS << attempt;
              return Mono.delay(Duration.ofMillis(world.random().nextLong(most)), process)
                  .then(Mono.defer(() -> send(process, taken, attempt + 1)));
            });
  }

  /** Takes what it takes now; the places of the rest. */
  private List<Integer> take(Taken taken) {
    boolean overloaded = !world.isCalm() && world.now() < overloadedUntil;
    List<Integer> left = new ArrayList<>();
    for (int place : taken.left) {
      LogEvent event = taken.events.get(place);
      if (overloaded && world.random().nextInt(10) < refusedOfTen) {
        left.add(place);
      } else if (event.message().contains(SimLines.REJECTED)) {
        taken.rejected.put(place, new AppendResult.Rejection(place, "simulated: never"));
      } else {
        String key = event.observedNanos() / DAY_NANOS + " " + event.id();
        if (events.putIfAbsent(key, event) == null) {
          unflushed.add(key);
          taken.stored++;
        }
      }
    }
    return left;
  }

  /** A part of a batch was refused until the attempts were used up; the rest was taken. */
  static final class RefusedForNow extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Integer> places;

    RefusedForNow(List<Integer> places) {
      super(places.size() + " events refused for now");
      this.places = List.copyOf(places);
    }

    List<Integer> places() {
      return places;
    }
  }

  /** What has become of a batch so far. */
  private static final class Taken {
    private final List<LogEvent> events;
    private final Map<Integer, AppendResult.Rejection> rejected = new TreeMap<>();
    private List<Integer> left = new ArrayList<>();
    private int stored;

    Taken(List<LogEvent> events) {
      this.events = events;
      for (int i = 0; i < events.size(); i++) {
        left.add(i);
      }
    }

    AppendResult result() {
      int duplicates = events.size() - stored - rejected.size();
      return new AppendResult(stored, duplicates, List.copyOf(rejected.values()));
    }
  }
}
