package dev.logdash.core.memory;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.live.LiveEvents;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.query.FilterMatcher;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/** One who watches: keeps the newest matches until they are asked for. */
final class LiveWatcher implements Subscription {

  private final String dataset;
  private final FilterMatcher filter;
  private final FilterMatcher scope;
  private final int capacity;
  private final CoreSubscriber<? super LiveEvents> subscriber;
  private final Scheduler.Worker worker;
  private final Consumer<LiveWatcher> leave;

  // All guarded by this.
  private final ArrayDeque<LogEvent> newest = new ArrayDeque<>();
  private long skipped;
  private boolean gap;
  private long requested;
  private boolean scheduled;
  private boolean completing;
  private boolean ended;

  LiveWatcher(
      LogQuery query,
      int capacity,
      CoreSubscriber<? super LiveEvents> subscriber,
      Scheduler.Worker worker,
      Consumer<LiveWatcher> leave) {
    this.dataset = query.dataset();
    this.filter = FilterMatcher.of(query.filter());
    this.scope = FilterMatcher.of(query.scope());
    this.capacity = capacity;
    this.subscriber = subscriber;
    this.worker = worker;
    this.leave = leave;
  }

  void offer(List<LogEvent> events) {
    for (LogEvent event : events) {
      if (event.dataset().equals(dataset) && scope.test(event) && filter.test(event)) {
        keep(event);
      }
    }
    emitSoon();
  }

  /** There were events that nobody looked at. */
  void missed() {
    synchronized (this) {
      gap = true;
    }
    emitSoon();
  }

  /** Ends behind what was kept and asked for. */
  void complete() {
    synchronized (this) {
      completing = true;
    }
    emitSoon();
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      synchronized (this) {
        requested = Operators.addCap(requested, n);
      }
      emitSoon();
    }
  }

  @Override
  public void cancel() {
    synchronized (this) {
      ended = true;
      newest.clear();
    }
    leave.accept(this);
    worker.dispose();
  }

  private synchronized void keep(LogEvent event) {
    if (ended) {
      return;
    }
    if (newest.size() == capacity) {
      newest.poll();
      skipped++;
    }
    newest.add(event);
  }

  private void emitSoon() {
    synchronized (this) {
      boolean news = completing || (requested > 0 && (gap || skipped > 0 || !newest.isEmpty()));
      if (ended || scheduled || !news) {
        return;
      }
      scheduled = true;
    }
    try {
      Object unused = worker.schedule(this::emit);
    } catch (RejectedExecutionException e) {
      // Cancelled meanwhile, or the scheduler has ended and the process is about to.
      leave.accept(this);
    }
  }

  private void emit() {
    LiveEvents news = null;
    boolean last;
    synchronized (this) {
      scheduled = false;
      if (ended) {
        return;
      }
      if (requested > 0 && (gap || skipped > 0 || !newest.isEmpty())) {
        requested -= requested == Long.MAX_VALUE ? 0 : 1;
        news = new LiveEvents(List.copyOf(newest), skipped, gap);
        newest.clear();
        skipped = 0;
        gap = false;
      }
      last = completing;
      ended = last;
    }
    if (news != null) {
      subscriber.onNext(news);
    }
    if (last) {
      leave.accept(this);
      subscriber.onComplete();
      worker.dispose();
    }
  }
}
