package dev.logdash.core.memory;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.store.LogQuery;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Shows events to those who watch in this process. Matching is done by one worker, away from who
 * publishes; what comes faster than it can match is passed over, which each watcher learns as a
 * gap.
 */
public final class InMemoryLiveFeed implements LiveFeed {

  // What waits for the worker. The events are shared with the road, which has as many under way.
  private static final int MAX_WAITING_BATCHES = 4;

  private final Scheduler scheduler;
  private final Scheduler.Worker worker;
  private final Set<LiveWatcher> watchers = ConcurrentHashMap.newKeySet();
  private final Queue<List<LogEvent>> waiting = new ArrayDeque<>();
  private boolean working;
  private volatile boolean closed;

  /**
   * @param scheduler runs the matching and calls those who watch; stays the caller's to dispose
   */
  public InMemoryLiveFeed(Scheduler scheduler) {
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    this.worker = scheduler.createWorker();
  }

  @Override
  public void publish(List<LogEvent> events) {
    if (events.isEmpty() || watchers.isEmpty()) {
      return;
    }
    synchronized (waiting) {
      if (waiting.size() == MAX_WAITING_BATCHES) {
        watchers.forEach(LiveWatcher::missed);
        return;
      }
      waiting.add(List.copyOf(events));
      if (working) {
        return;
      }
      working = true;
    }
    try {
      Object unused = worker.schedule(this::match);
    } catch (RejectedExecutionException e) {
      synchronized (waiting) {
        working = false;
        waiting.clear();
      }
      watchers.forEach(LiveWatcher::missed);
    }
  }

  @Override
  public Flux<LiveEvents> watch(LogQuery query, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is not positive: " + capacity);
    }
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super LiveEvents> subscriber) {
        LiveWatcher watcher =
            new LiveWatcher(
                query, capacity, subscriber, scheduler.createWorker(), watchers::remove);
        watchers.add(watcher);
        subscriber.onSubscribe(watcher);
        if (closed) {
          watcher.complete();
        }
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    watchers.forEach(LiveWatcher::complete);
    worker.dispose();
  }

  private void match() {
    for (List<LogEvent> events = next(); events != null; events = next()) {
      for (LiveWatcher watcher : watchers) {
        watcher.offer(events);
      }
    }
  }

  private @Nullable List<LogEvent> next() {
    synchronized (waiting) {
      List<LogEvent> events = waiting.poll();
      working = events != null;
      return events;
    }
  }
}
