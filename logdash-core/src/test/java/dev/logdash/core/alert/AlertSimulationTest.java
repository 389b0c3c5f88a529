package dev.logdash.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.alert.Notification;
import dev.logdash.api.document.Change;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.core.memory.InMemoryDocumentStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Two processes over one store, with writes that fail or whose answers are lost, receivers that
 * fail or hang, and deaths while sending, against one that nothing disturbs.
 */
@Timeout(300)
class AlertSimulationTest {

  private static final int SEEDS = 60;
  private static final int TICKS = 30;

  @Test
  void tellsEachTransitionAndRepeatsOnlyWhatADeathOrALostAnswerLeftOpen() {
    int repeats = 0;
    int deaths = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed, new FaultyStore(seed));
      assertThat(run.problems(undisturbed(seed))).as("seed " + seed).isEmpty();
      repeats += run.repeats();
      deaths += run.deaths;
    }
    assertThat(deaths).isGreaterThan(SEEDS);
    assertThat(repeats).isPositive();
  }

  @Test
  void findsAStoreThatDoesNotCompare() {
    assertThat(
            broken(
                seed ->
                    new FaultyStore(seed) {
                      @Override
                      public Mono<Long> put(String key, long expectedVersion, String body) {
                        return get(key)
                            .map(Document::version)
                            .defaultIfEmpty(ABSENT)
                            .flatMap(version -> super.put(key, version, body));
                      }
                    }))
        .isPositive();
  }

  @Test
  void findsAStoreThatForgets() {
    assertThat(
            broken(
                seed ->
                    new FaultyStore(seed) {
                      private int writes;

                      @Override
                      public Mono<Long> put(String key, long expectedVersion, String body) {
                        boolean forgets = key.startsWith(States.PREFIX) && ++writes % 7 == 0;
                        return forgets
                            ? Mono.just(expectedVersion + 1)
                            : super.put(key, expectedVersion, body);
                      }
                    }))
        .isPositive();
  }

  private interface Making {
    FaultyStore make(int seed);
  }

  private static int broken(Making making) {
    int found = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Run run = new Run(seed, making.make(seed));
      found += run.problems(undisturbed(seed)).isEmpty() ? 0 : 1;
    }
    return found;
  }

  private static Set<String> undisturbed(int seed) {
    FaultyStore store = new FaultyStore(seed);
    store.calm = true;
    return new Run(seed, store).told().keySet();
  }

  /** One life of the logs, the same for each seed, with what was sent. */
  private static final class Run {
    final List<Notification> received = new ArrayList<>();
    final Random chance;
    int deaths;

    Run(int seed, FaultyStore store) {
      chance = new Random(seed + 1_000L);
      Random logs = new Random(seed);
      try (AlertWorld world = new AlertWorld(store)) {
        boolean calm = store.calm;
        store.calm = true;
        String channel = world.channel("on call");
        AlertWorld.Rule rule = new AlertWorld.Rule().channels(channel);
        rule.window = "10s";
        rule.hold = seed % 2 == 0 ? "0s" : "20s";
        world.add(rule);
        store.calm = calm;
        boolean[] dying = {false};
        world.receiver = notification -> receive(notification, store, dying);
        List<AlertingService> processes = new ArrayList<>(List.of(world.service, world.open(2)));
        long seeds = 3;
        store.intruder = () -> processes.get(chance.nextInt(processes.size())).round().block();
        for (int tick = 0; tick < TICKS + 20; tick++) {
          for (String service : List.of("cart", "payment")) {
            if (tick < TICKS && logs.nextInt(10) < 6) {
              world.errors(service, 4);
            }
          }
          for (int second = 0; second < 10; second++) {
            world.clock.advance(Duration.ofSeconds(1));
            int which = store.calm ? 0 : chance.nextInt(2);
            processes.get(which).round().block();
            if (dying[0]) {
              dying[0] = false;
              deaths++;
              processes.get(which).close();
              processes.set(which, world.open(seeds++));
            }
          }
        }
        store.calm = true;
        for (int second = 0; second < 1_500; second += 5) {
          world.clock.advance(Duration.ofSeconds(5));
          processes.forEach(process -> process.round().block());
        }
        processes.forEach(AlertingService::close);
      }
    }

    private Mono<Void> receive(Notification notification, FaultyStore store, boolean[] dying) {
      int what = store.calm ? 99 : chance.nextInt(100);
      if (what < 12) {
        return Mono.error(new BackendException.Unavailable("no answer", null));
      }
      if (what < 30) {
        dying[0] = true;
        if (what < 21) {
          received.add(notification);
        }
        return Mono.never();
      }
      received.add(notification);
      return Mono.empty();
    }

    Map<String, Integer> told() {
      Map<String, Integer> told = new HashMap<>();
      // The ids of rules are made by chance, so the same transition has others in another run.
      received.forEach(
          one ->
              told.merge(
                  one.kind() + " " + one.group() + " " + one.since() + " " + one.at(),
                  1,
                  Integer::sum));
      return told;
    }

    int repeats() {
      return (int) received.stream().filter(Notification::repeat).count();
    }

    List<String> problems(Set<String> expected) {
      List<String> problems = new ArrayList<>();
      if (!new TreeSet<>(told().keySet()).equals(new TreeSet<>(expected))) {
        problems.add("told were " + told().keySet() + ", expected " + expected);
      }
      Set<String> known = new HashSet<>();
      Set<String> fired = new HashSet<>();
      for (Notification one : received) {
        if (!known.add(one.id()) && !one.repeat()) {
          problems.add("again, and does not say so: " + one.kind() + " " + one.id());
        }
        if (one.kind() == Notification.Kind.FIRING) {
          fired.add(one.episode());
        } else if (!fired.contains(one.episode())) {
          problems.add("over before it fired: " + one.episode());
        }
      }
      return problems;
    }
  }

  /** Loses some writes and the answers of some others. */
  private static class FaultyStore implements DocumentStore {
    private final InMemoryDocumentStore store = new InMemoryDocumentStore();
    private final Random chance;
    private boolean intruding;
    Runnable intruder = () -> {};
    boolean calm;

    FaultyStore(int seed) {
      chance = new Random(seed + 2_000L);
    }

    @Override
    public Mono<Document> get(String key) {
      return store.get(key).doOnNext(document -> intrude(key));
    }

    /** Lets another process work between the reading and the writing of a state. */
    private void intrude(String key) {
      if (!calm && !intruding && key.startsWith(States.PREFIX) && chance.nextInt(20) == 0) {
        intruding = true;
        intruder.run();
        intruding = false;
      }
    }

    @Override
    public Mono<Long> put(String key, long expectedVersion, String body) {
      return Mono.defer(
          () -> {
            int what = calm ? 99 : chance.nextInt(100);
            if (what < 5) {
              return Mono.error(new BackendException.Unavailable("the write was lost", null));
            }
            Mono<Long> written = store.put(key, expectedVersion, body);
            return what < 10
                ? written.then(
                    Mono.error(new BackendException.Unavailable("the answer was lost", null)))
                : written;
          });
    }

    @Override
    public Mono<Boolean> delete(String key, long expectedVersion) {
      return store.delete(key, expectedVersion);
    }

    @Override
    public Flux<Document> list(String prefix, String after, int limit) {
      return store.list(prefix, after, limit);
    }

    @Override
    public Flux<Change> changesSince(long cursor, int limit) {
      return store.changesSince(cursor, limit);
    }

    @Override
    public Mono<Void> check() {
      return store.check();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
