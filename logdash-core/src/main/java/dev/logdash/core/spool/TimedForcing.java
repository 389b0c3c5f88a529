package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/** Forces lanes without anybody waiting for it. Safe for use by many threads. */
final class TimedForcing {

  private static final Logger LOG = LoggerFactory.getLogger(TimedForcing.class);

  private final LaneContext context;
  private final List<Lane> lanes;
  private final Scheduler scheduler;
  private final AtomicIntegerArray due;
  private final AtomicIntegerArray underWay;

  TimedForcing(LaneContext context, List<Lane> lanes, Scheduler scheduler) {
    this.context = context;
    this.lanes = lanes;
    this.scheduler = scheduler;
    this.due = new AtomicIntegerArray(lanes.size());
    this.underWay = new AtomicIntegerArray(lanes.size());
  }

  /** Forces a lane after the interval, unless that is going to happen already. */
  void later(int lane) {
    if (!due.compareAndSet(lane, 0, 1)) {
      return;
    }
    schedule(
        lane,
        context.config().fsyncInterval().toNanos(),
        () -> {
          // Before the force, which need not save what is appended from now on.
          due.set(lane, 0);
          if (!attempt(lane) && lanes.get(lane).failure() == null) {
            // Readers wait for it, so a disk that was full for a while is tried again.
            later(lane);
          }
        });
  }

  /** Sets the disk to work without waiting for it; the force after the interval stays due. */
  void now(int lane) {
    if (underWay.compareAndSet(lane, 0, 1)) {
      schedule(
          lane,
          0,
          () -> {
            attempt(lane);
            underWay.set(lane, 0);
          });
    }
  }

  private void schedule(int lane, long delayNanos, Runnable task) {
    try {
      Object unused = scheduler.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      due.set(lane, 0);
      underWay.set(lane, 0);
      attempt(lane);
    }
  }

  /** Forces a lane; false if it failed. */
  boolean attempt(int lane) {
    try {
      lanes.get(lane).forceNow();
      return true;
    } catch (IOException | BackendException e) {
      LOG.debug("Lane {} of {} is not forced", lane, context.files().location(), e);
      return false;
    }
  }
}
