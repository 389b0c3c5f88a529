package dev.logdash.dashboard;

import dev.logdash.core.pipeline.Totals;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** How fast counters grow, over the last ten seconds or so. */
final class Rates {

  private static final int SAMPLES = 11;

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long spooled, Totals totals) {}

  /** Per second. */
  record Now(double spooled, double stored) {}

  synchronized void sample(long spooled, Totals totals) {
    if (samples.size() == SAMPLES) {
      samples.poll();
    }
    samples.add(new Sample(System.nanoTime(), spooled, totals));
  }

  synchronized Now now() {
    if (samples.size() < 2) {
      return new Now(0, 0);
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds =
        Math.max(1e-3, (last.nanos() - first.nanos()) / (double) TimeUnit.SECONDS.toNanos(1));
    return new Now(
        (last.spooled() - first.spooled()) / seconds,
        (last.totals().events() - first.totals().events()) / seconds);
  }
}
