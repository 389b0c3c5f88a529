package dev.logdash.logback;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Tells of dropped events by an event of its own, at most one in ten seconds. */
final class DropReport {

  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Counts counts;
  private Map<String, Long> told = Map.of();
  private Map<String, Long> telling = Map.of();
  private long toldTotal;
  private long due;
  private boolean refused;

  DropReport(Counts counts, long now) {
    this.counts = counts;
    due = now;
  }

  /**
   * @param last whether there will be no later time
   */
  boolean isDue(long now, boolean last) {
    return counts.lost() > toldTotal && (now - due >= 0 || (last && !refused));
  }

  byte[] encode(EventEncoder encoder, long now, String service) {
    due = now + EVERY_NANOS;
    telling = counts.byReason(false);
    Map<String, Long> news = new TreeMap<>();
    telling.forEach(
        (reason, count) -> {
          long more = count - told.getOrDefault(reason, 0L);
          if (more > 0) {
            news.put(reason, more);
          }
        });
    long total = sum(news);
    String message =
        String.format(Locale.ROOT, "%,d events were dropped: ", total) + Counts.describe(news);
    news.put("total", total);
    return encoder.encodeDrops(message, news, LogdashAppender.class.getName(), service);
  }

  /** Learns whether the sink took what {@link #encode} made last. */
  void settle(boolean taken) {
    refused = !taken;
    if (taken) {
      told = telling;
      toldTotal = sum(telling);
    }
  }

  private static long sum(Map<String, Long> table) {
    return table.values().stream().mapToLong(Long::longValue).sum();
  }
}
