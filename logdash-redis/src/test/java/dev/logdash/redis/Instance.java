package dev.logdash.redis;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.memory.InMemoryLiveFeed;
import dev.logdash.core.query.FilterMatcher;
import java.util.function.Predicate;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One of several processes of a logdash, as far as its live feed goes. */
final class Instance implements AutoCloseable {

  private final RedisBackend backend;
  private final Scheduler scheduler = Schedulers.newParallel("instance", 3, true);

  Instance(RedisBackend backend) {
    this.backend = backend;
  }

  RedisBackend backend() {
    return backend;
  }

  RedisLiveFeed feed() {
    return (RedisLiveFeed) backend.liveFeed(new InMemoryLiveFeed(scheduler), Instance::matching);
  }

  @Override
  public void close() {
    backend.close();
    scheduler.dispose();
  }

  private static Predicate<LogEvent> matching(LogQuery query) {
    Predicate<LogEvent> dataset = event -> event.dataset().equals(query.dataset());
    return dataset.and(FilterMatcher.of(query.scope())).and(FilterMatcher.of(query.filter()));
  }
}
