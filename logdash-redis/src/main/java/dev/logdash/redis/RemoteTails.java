package dev.logdash.redis;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is watched at other instances, as far as they said so lately. */
final class RemoteTails {

  /** How long what an instance said holds. */
  static final Duration HOLDS = Duration.ofSeconds(7);

  private static final int MAX_INSTANCES = 100;

  private final Function<LogQuery, Predicate<LogEvent>> matcher;
  private final Map<String, Remote> remotes = new ConcurrentHashMap<>();

  RemoteTails(Function<LogQuery, Predicate<LogEvent>> matcher) {
    this.matcher = matcher;
  }

  /**
   * @param numbers of the messages to the instance
   * @param heardAt by {@link System#nanoTime}
   */
  record Remote(
      String instance,
      List<LogQuery> queries,
      List<Predicate<LogEvent>> tails,
      AtomicLong numbers,
      long heardAt) {

    boolean wants(LogEvent event) {
      for (Predicate<LogEvent> tail : tails) {
        if (tail.test(event)) {
          return true;
        }
      }
      return false;
    }
  }

  void heard(LiveMessages.Tails said) {
    String instance = said.instance();
    if (said.queries().isEmpty()) {
      remotes.remove(instance);
      return;
    }
    Remote known = remotes.get(instance);
    if (known == null && remotes.size() >= MAX_INSTANCES) {
      return;
    }
    List<Predicate<LogEvent>> tails = said.queries().stream().map(matcher).toList();
    AtomicLong numbers = known == null ? new AtomicLong() : known.numbers;
    remotes.put(instance, new Remote(instance, said.queries(), tails, numbers, System.nanoTime()));
  }

  boolean isEmpty() {
    return remotes.isEmpty();
  }

  Collection<Remote> all() {
    return remotes.values();
  }

  void forgetSilent() {
    long now = System.nanoTime();
    remotes.values().removeIf(remote -> now - remote.heardAt > HOLDS.toNanos());
  }
}
