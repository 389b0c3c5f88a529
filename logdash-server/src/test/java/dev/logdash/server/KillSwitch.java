package dev.logdash.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills its own process with SIGKILL the n-th time that it comes to a gap. A shell that waits from
 * the start gives the signal, so that it takes well under a millisecond.
 */
final class KillSwitch {

  /** The exit code of a process that a SIGKILL ended. */
  static final int KILLED = 128 + 9;

  private static final int SURVIVED = 99;
  private static final long SURVIVAL_NANOS = 20_000_000_000L;

  private final Gap gap;
  private final int times;
  private final Path mark;
  private final Process killer;
  private final AtomicInteger hits = new AtomicInteger();

  /**
   * @param mark a file that is written before the kill
   */
  KillSwitch(Gap gap, int times, Path mark) throws IOException {
    this.gap = gap;
    this.times = times;
    this.mark = mark;
    long self = ProcessHandle.current().pid();
    this.killer = new ProcessBuilder("sh", "-c", "read line && kill -9 " + self).start();
  }

  /** Whether it is time to die. */
  boolean reached(Gap here) {
    return here == gap && hits.incrementAndGet() == times;
  }

  /** Dies if it is time to; else returns. */
  void pass(Gap here) {
    if (reached(here)) {
      die();
    }
  }

  void die() {
    shoot();
    awaitDeath();
  }

  /** Gives the signal; returns while it is on its way. */
  void shoot() {
    try {
      Files.writeString(mark, gap.name());
      OutputStream trigger = killer.getOutputStream();
      trigger.write('\n');
      trigger.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells that the step which was to be interrupted came to its end; never returns. */
  void tooLate() {
    try {
      Files.delete(mark);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitDeath();
  }

  private static void awaitDeath() {
    long end = System.nanoTime() + SURVIVAL_NANOS;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    Runtime.getRuntime().halt(SURVIVED);
  }
}
