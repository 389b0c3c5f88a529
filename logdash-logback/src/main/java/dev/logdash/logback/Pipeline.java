package dev.logdash.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The ring of an appender, its delivery, and the thread of that: one life from start to stop. */
final class Pipeline {

  private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final EventRing ring;
  private final Capture capture;
  private final Counts counts;
  private final QuietStatus status;
  private final LongSupplier nanos;
  private final long maxBlockNanos;
  private final String[] internal;
  private final Delivery delivery;
  private final Thread thread;

  Pipeline(
      EventRing ring,
      Capture capture,
      Counts counts,
      QuietStatus status,
      LongSupplier nanos,
      long maxBlockNanos,
      String[] internal,
      Delivery delivery,
      String name) {
    this.ring = ring;
    this.capture = capture;
    this.counts = counts;
    this.status = status;
    this.nanos = nanos;
    this.maxBlockNanos = maxBlockNanos;
    this.internal = internal.clone();
    this.delivery = delivery;
    // Without the inheritable thread locals of whoever starts it.
    thread = new Thread(null, delivery, name, 0, false);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  Delivery delivery() {
    return delivery;
  }

  /** How many events are admitted and have not found their end. */
  long waiting() {
    return Math.max(0, ring.issued() - delivery.settled());
  }

  void append(ILoggingEvent event) {
    Level level = event.getLevel();
    Thread caller = Thread.currentThread();
    if (caller == thread || capture.isInside(caller) || isFeedback(event, level)) {
      divert(event, level, caller);
      return;
    }
    boolean discardable = level.toInt() < Level.WARN_INT;
    // Where it is full anyway, nothing is captured.
    if (maxBlockNanos == 0 && !ring.hasRoom(Capture.leastBytes(), discardable)) {
      counts.dropped(delivery.reasonOfFull(), level);
      return;
    }
    QueuedEvent captured;
    try {
      captured = capture.capture(event, caller);
    } catch (RuntimeException | StackOverflowError e) {
      counts.dropped(DropReason.FAILED, level);
      status.warn("An event of " + event.getLoggerName() + " could not be captured", e);
      return;
    }
    EventRing.Offer offer = ring.offer(captured, discardable);
    if (offer == EventRing.Offer.FULL && maxBlockNanos > 0 && !discardable) {
      offer = offerPatiently(captured);
    }
    if (offer == EventRing.Offer.FULL) {
      counts.dropped(delivery.reasonOfFull(), level);
    } else if (offer == EventRing.Offer.CLOSED) {
      counts.dropped(DropReason.CLOSED, level);
    }
  }

  private EventRing.Offer offerPatiently(QueuedEvent event) {
    long start = nanos.getAsLong();
    EventRing.Offer offer = EventRing.Offer.FULL;
    while (offer == EventRing.Offer.FULL
        && nanos.getAsLong() - start < maxBlockNanos
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, PARK_NANOS);
      offer = ring.offer(event, false);
    }
    return offer;
  }

  // What delivers events logs about it in detail; to deliver that too would never end.
  private boolean isFeedback(ILoggingEvent event, Level level) {
    return level.toInt() < Level.INFO_INT && isInternal(event.getLoggerName());
  }

  private boolean isInternal(String logger) {
    for (String prefix : internal) {
      if (logger.startsWith(prefix)
          && (logger.length() == prefix.length() || logger.charAt(prefix.length()) == '.')) {
        return true;
      }
    }
    return false;
  }

  private void divert(ILoggingEvent event, Level level, Thread caller) {
    counts.dropped(DropReason.INTERNAL, level);
    if (level.toInt() >= Level.WARN_INT && caller == thread) {
      status.warn(event.getLoggerName() + ": " + event.getFormattedMessage(), null);
    } else if (capture.isInside(caller)) {
      status.warn(
          "An event of "
              + event.getLoggerName()
              + " was not taken: it was logged while another event was made into text",
          null);
    }
  }

  /** Waits until what was admitted before has found its end. */
  boolean flush(long maxNanos) {
    long target = ring.issued();
    long end = nanos.getAsLong() + maxNanos;
    boolean interrupted = Thread.interrupted();
    while (delivery.settled() < target
        && !delivery.hasEnded()
        && Thread.currentThread() != thread
        && nanos.getAsLong() - end < 0) {
      LockSupport.parkNanos(this, PARK_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return delivery.settled() >= target;
  }

  /** Takes nothing more, and delivers what it has in time; what is left is counted. */
  boolean stop(long maxNanos) {
    ring.close();
    long end = nanos.getAsLong() + maxNanos;
    delivery.stopBy(end);
    LockSupport.unpark(thread);
    boolean interrupted = Thread.interrupted();
    while (!delivery.hasEnded()
        && Thread.currentThread() != thread
        // The delivery counts the rest when the time is over, so it gets a little more.
        && nanos.getAsLong() - end < TimeUnit.MILLISECONDS.toNanos(100)) {
      LockSupport.parkNanos(this, PARK_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return delivery.hasEnded();
  }
}
