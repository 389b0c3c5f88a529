package dev.logdash.core.sim;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Virtual time: everything that happens is a task, run in the order of its time by one thread. */
final class SimWorld {

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final SplittableRandom random;
  private long nowNanos = 1_795_435_200_000_000_000L;
  private long taskCount;
  private boolean calm;

  SimWorld(long seed) {
    random = new SplittableRandom(seed);
  }

  long now() {
    return nowNanos;
  }

  SplittableRandom random() {
    return random;
  }

  /** Ends all faults. */
  void becomeCalm() {
    calm = true;
  }

  /** Whether something that happens once in so many times happens now. */
  boolean once(int in) {
    return !calm && random.nextInt(in) == 0;
  }

  boolean isCalm() {
    return calm;
  }

  /** A short time that a message or a disk takes, in nanoseconds. */
  long latency() {
    return 1_000 + random.nextLong(random.nextInt(20) == 0 ? 50_000_000L : 2_000_000L);
  }

  Task at(long timeNanos, @Nullable SimProcess process, Runnable action) {
    Task task = new Task(Math.max(nowNanos, timeNanos), taskCount++, process, action);
    tasks.add(task);
    return task;
  }

  Task after(long nanos, @Nullable SimProcess process, Runnable action) {
    return at(nowNanos + nanos, process, action);
  }

  /** Runs one task; false if there is none before the given time. */
  boolean step(long untilNanos) {
    Task task = tasks.peek();
    if (task == null || task.time > untilNanos) {
      nowNanos = Math.max(nowNanos, untilNanos);
      return false;
    }
    tasks.poll();
    nowNanos = Math.max(nowNanos, task.time);
    if (task.cancelled) {
      return true;
    }
    SimProcess process = task.process;
    if (process != null && !process.isAlive()) {
      return true;
    }
    if (process != null && process.pausedUntil() > nowNanos) {
      tasks.add(new Task(process.pausedUntil(), task.order, process, task.action));
      return true;
    }
    task.action.run();
    return true;
  }

  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return Instant.ofEpochSecond(0, nowNanos);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  /** Something to be done at a time. */
  static final class Task implements Comparable<Task> {
    private final long time;
    private final long order;
    private final @Nullable SimProcess process;
    private final Runnable action;
    private boolean cancelled;

    private Task(long time, long order, @Nullable SimProcess process, Runnable action) {
      this.time = time;
      this.order = order;
      this.process = process;
      this.action = action;
    }

    void cancel() {
      cancelled = true;
    }

    boolean isCancelled() {
      return cancelled;
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
