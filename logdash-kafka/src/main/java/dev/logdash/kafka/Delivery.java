package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.kafka.Outgoing.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;

/**
 * What was taken and is not at the broker yet, in the order it was taken in. Knows no driver; safe
 * for use by many threads. Answers are given without the lock.
 */
final class Delivery {

  private final long maxBytes;
  private final Deque<Item> pending = new ArrayDeque<>();
  private final Deque<Item> inFlight = new ArrayDeque<>();
  private final List<Barrier> barriers = new ArrayList<>();
  private long numbers;
  private long taken;
  private long settled;
  private long buffered;
  private long flying;
  private long brokered;
  private long rejected;
  private long rejectedLate;
  private long failures;
  private long dropped;
  private boolean closed;

  Delivery(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Somebody who waits until no record below a number is open. */
  private record Barrier(long until, Sinks.Empty<Void> waiter) {}

  /**
   * Takes all records of a batch or none.
   *
   * @throws BackendException.Overloaded if there is no room
   */
  synchronized void take(List<Item> items, int refused) {
    requireOpen();
    long bytes = 0;
    for (Item item : items) {
      bytes += item.bytes;
    }
    if (buffered > 0 && buffered + bytes > maxBytes) {
      throw full();
    }
    buffered += bytes;
    taken += items.size();
    rejected += refused;
    for (Item item : items) {
      item.number = numbers++;
      pending.add(item);
    }
  }

  synchronized void requireOpen() {
    if (closed) {
      throw new BackendException.Unavailable("The sink is closed", null);
    }
  }

  synchronized void requireRoom() {
    requireOpen();
    if (buffered >= maxBytes) {
      throw full();
    }
  }

  /** Waits for all that is there now; null if nothing is. */
  synchronized Sinks.@Nullable Empty<Void> barrier() {
    requireOpen();
    if (buffered == 0 && settled == taken) {
      return null;
    }
    Sinks.Empty<Void> waiter = Sinks.empty();
    barriers.add(new Barrier(numbers, waiter));
    return waiter;
  }

  /** The next record to send, unless so many bytes are under way; null if there is none. */
  synchronized @Nullable Item next(long window) {
    while (flying < window) {
      Item item = pending.poll();
      if (item == null) {
        return null;
      }
      // Its acknowledgement may have come after its producer was given up.
      if (!item.done) {
        item.batch.offer();
        item.flying = true;
        inFlight.add(item);
        flying += item.bytes;
        return item;
      }
    }
    return null;
  }

  void delivered(Item item) {
    Runnable answers;
    synchronized (this) {
      if (item.done) {
        return;
      }
      brokered++;
      answers = settle(item);
    }
    answers.run();
  }

  void refused(Item item, String reason) {
    Runnable answers;
    synchronized (this) {
      if (item.done) {
        return;
      }
      item.batch.reject(item.index, reason);
      if (item.batch.isAnswered()) {
        rejectedLate++;
      } else {
        rejected++;
      }
      answers = settle(item);
    }
    answers.run();
  }

  /**
   * A producer was given up. What it may have sent goes first into the next one, and who waits for
   * it learns that it is only accepted; what none was given is handed back.
   */
  void failed(BackendException reason) {
    List<Runnable> answers = new ArrayList<>();
    synchronized (this) {
      failures++;
      while (!inFlight.isEmpty()) {
        Item item = inFlight.removeLast();
        item.flying = false;
        if (!item.done) {
          pending.addFirst(item);
        }
      }
      flying = 0;
      Set<Outgoing> withdrawn = new HashSet<>();
      for (Item item : pending) {
        if (item.batch.canBeWithdrawn()) {
          withdrawn.add(item.batch);
        } else {
          answers.add(item.batch.answer(AckLevel.ACCEPTED));
        }
      }
      pending.removeIf(item -> withdrawn.contains(item.batch) && withdraw(item));
      for (Outgoing batch : withdrawn) {
        answers.add(batch.fail(reason));
      }
      for (Barrier barrier : barriers) {
        answers.add(() -> barrier.waiter.tryEmitError(reason));
      }
      barriers.clear();
    }
    answers.forEach(Runnable::run);
  }

  /** Takes nothing more. */
  synchronized void stop() {
    closed = true;
  }

  synchronized boolean isEmpty() {
    return settled == taken;
  }

  /** Counts what is left as dropped, and tells who waits for it. */
  void abandon() {
    failed(new BackendException.Unavailable("The sink is closed", null));
    synchronized (this) {
      failures--;
      for (Item item : pending) {
        if (!item.done) {
          dropped++;
          item.done = true;
          settled++;
          buffered -= item.bytes;
        }
      }
      pending.clear();
    }
  }

  synchronized KafkaSinkStatistics statistics() {
    return new KafkaSinkStatistics(brokered, rejected, rejectedLate, failures, dropped, buffered);
  }

  private boolean withdraw(Item item) {
    item.done = true;
    taken--;
    buffered -= item.bytes;
    return true;
  }

  private Runnable settle(Item item) {
    item.done = true;
    buffered -= item.bytes;
    settled++;
    if (item.flying) {
      item.flying = false;
      flying -= item.bytes;
    }
    List<Runnable> answers = new ArrayList<>();
    if (item.batch.settle()) {
      answers.add(item.batch.answer(AckLevel.BROKERED));
    }
    long open = oldestOpen();
    barriers.removeIf(
        barrier -> {
          if (barrier.until <= open) {
            answers.add(barrier.waiter::tryEmitEmpty);
            return true;
          }
          return false;
        });
    return () -> answers.forEach(Runnable::run);
  }

  private long oldestOpen() {
    for (Deque<Item> queue : List.of(inFlight, pending)) {
      while (!queue.isEmpty() && queue.getFirst().done) {
        queue.removeFirst();
      }
      if (!queue.isEmpty()) {
        return queue.getFirst().number;
      }
    }
    return numbers;
  }

  private BackendException full() {
    return new BackendException.Overloaded(
        "The broker takes less than comes in: " + buffered + " bytes wait for it", null);
  }
}
