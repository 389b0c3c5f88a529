package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A few named daemon threads with a bounded queue, which end when they have nothing to do. */
final class Workers {

  /*
   * Tasks are never interrupted: an interrupt closes the file channel that a thread is using, and
   * with it the store. So the scheduler sees a bare Executor, whose tasks it cannot cancel.
   */

  private static final int IDLE_SECONDS = 10;
  private static final int CLOSE_SECONDS = 3;

  private final ThreadPoolExecutor threads;
  private final Scheduler scheduler;

  Workers(String name, int count, int maxQueued) {
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(maxQueued),
            task -> {
              Thread thread = new Thread(task, name + '-' + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    scheduler =
        Schedulers.fromExecutor(
            new Executor() {
              @Override
              public void execute(Runnable task) {
                threads.execute(task);
              }
            });
  }

  /** Subscribes on these threads; more than they can queue is refused. */
  <T> Mono<T> run(Mono<T> work) {
    return work.subscribeOn(scheduler)
        .onErrorMap(
            RejectedExecutionException.class,
            refusal ->
                threads.isShutdown()
                    ? new BackendException.Unavailable("the store is closed", refusal)
                    : new BackendException.Overloaded("too much work is waiting", refusal));
  }

  ThreadPoolExecutor threads() {
    return threads;
  }

  /** Takes no more work and waits a little for what runs. */
  void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.getQueue().clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
