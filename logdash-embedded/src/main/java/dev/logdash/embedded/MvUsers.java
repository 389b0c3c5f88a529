package dev.logdash.embedded;

import java.util.concurrent.atomic.AtomicBoolean;

/** Counts the stores that share a file, and closes it behind the last of them. */
final class MvUsers {

  private final Runnable close;
  private int count;

  MvUsers(Runnable close) {
    this.close = close;
  }

  /** Counts one more; what it gets ends its use when it is run first, and does nothing later. */
  synchronized Runnable enter() {
    count++;
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        leave();
      }
    };
  }

  private synchronized void leave() {
    count--;
    if (count == 0) {
      close.run();
    }
  }
}
