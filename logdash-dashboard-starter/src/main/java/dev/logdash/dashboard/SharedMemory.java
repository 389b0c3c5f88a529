package dev.logdash.dashboard;

import static dev.logdash.dashboard.BackendMeter.counter;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.memory.InMemoryLiveFeed;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.redis.RedisBackend;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What processes share for a moment, in Redis. */
final class SharedMemory implements AutoCloseable {

  private final RedisBackend redis;
  private final Scheduler scheduler = Schedulers.newParallel("logdash-live", 2, true);
  private final DashboardCache cache;
  private final LiveFeed live;

  SharedMemory(LogdashConfig config) {
    redis =
        new RedisBackend(
            config.get(BackendKeys.REDIS_URL),
            Stores.trust(
                config.get(BackendKeys.REDIS_CA_FILE),
                config.get(BackendKeys.REDIS_CERTIFICATE_FILE)));
    cache = redis.cache();
    live = redis.liveFeed(new InMemoryLiveFeed(scheduler), SharedMemory::matcher);
  }

  DashboardCache cache() {
    return cache;
  }

  LiveFeed live() {
    return live;
  }

  /** Counts tries at passwords for all processes together. */
  AttemptCounters attempts() {
    return redis.attempts();
  }

  List<BackendMeter> meters() {
    return List.of(
        panels("hit", () -> redis.statistics().hits()),
        panels("miss", () -> redis.statistics().misses()),
        counter("logdash.redis.failures", "Calls that failed", () -> redis.statistics().failures()),
        counter(
            "logdash.redis.timeouts",
            "Calls among them that were not answered in time",
            () -> redis.statistics().timeouts()),
        counter(
            "logdash.redis.skipped",
            "Calls not made since Redis had just failed to answer",
            () -> redis.statistics().skipped()),
        counter(
            "logdash.redis.unsent.events",
            "Events that live tails elsewhere missed",
            () -> redis.statistics().unsent()),
        counter(
            "logdash.redis.unreadable.messages",
            "Messages for live tails that were none",
            () -> redis.statistics().unreadable()));
  }

  @Override
  public void close() {
    live.close();
    redis.close();
    scheduler.dispose();
  }

  private static BackendMeter panels(String result, LongSupplier count) {
    return counter("logdash.redis.panels", "Panels looked for", count).with("result", result);
  }

  private static Predicate<LogEvent> matcher(LogQuery query) {
    FilterMatcher filter = FilterMatcher.of(query.filter());
    FilterMatcher scope = FilterMatcher.of(query.scope());
    String dataset = query.dataset();
    return event -> event.dataset().equals(dataset) && scope.test(event) && filter.test(event);
  }
}
