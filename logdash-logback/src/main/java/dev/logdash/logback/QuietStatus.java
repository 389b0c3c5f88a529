package dev.logdash.logback;

import ch.qos.logback.core.spi.ContextAware;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells Logback's status manager, at most once in ten seconds. Never logs. */
final class QuietStatus {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ContextAware owner;
  private final LongSupplier nanos;
  private final AtomicLong next;
  private final AtomicLong untold = new AtomicLong();

  QuietStatus(ContextAware owner, LongSupplier nanos) {
    this.owner = owner;
    this.nanos = nanos;
    next = new AtomicLong(nanos.getAsLong());
  }

  void warn(String message, @Nullable Throwable cause) {
    long now = nanos.getAsLong();
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + PAUSE_NANOS)) {
      untold.incrementAndGet();
      return;
    }
    long others = untold.getAndSet(0);
    String text = others == 0 ? message : message + " (and " + others + " more since the last)";
    try {
      if (cause == null) {
        owner.addWarn(text);
      } else {
        owner.addWarn(text, cause);
      }
    } catch (RuntimeException e) {
      // A status listener of the host failed; there is nobody left to tell.
      untold.incrementAndGet();
    }
  }
}
