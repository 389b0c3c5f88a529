package dev.logdash.kafka;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * What others want done on the poll thread, in the order in which they asked. {@link #add} and
 * {@link #wake} are for any thread, all else is for the poll thread alone.
 */
final class PollTasks {

  // How late a condition that no task changes is seen.
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private volatile @Nullable Consumer<?, ?> polling;
  private volatile boolean ended;

  /** Hands a task over; a poll under way ends for it. */
  void add(Runnable task) {
    waiting.add(task);
    if (ended) {
      run();
    }
    wake();
  }

  /** Ends a poll under way. */
  void wake() {
    Consumer<?, ?> asleep = polling;
    if (asleep != null) {
      asleep.wakeup();
    }
  }

  /** Polls, and waits for records while there is no task. */
  ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration longest) {
    polling = consumer;
    try {
      return consumer.poll(waiting.isEmpty() ? longest : Duration.ZERO);
    } finally {
      polling = null;
    }
  }

  /** Within a poll: lets no task wake the consumer any more. */
  void keepAwake() {
    polling = null;
  }

  /** Runs what is there. */
  void run() {
    for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
      task.run();
    }
  }

  /** Runs what comes while a condition holds, and for so long at the most. */
  void runWhile(BooleanSupplier condition, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (condition.getAsBoolean()) {
      long left = end - System.nanoTime();
      Runnable task = waiting.poll(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
      if (task != null) {
        task.run();
      } else if (left <= 0) {
        return;
      }
    }
  }

  /** Runs what is there, and from here on each task on the thread that adds it. */
  void end() {
    ended = true;
    run();
  }
}
