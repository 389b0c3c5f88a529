package dev.logdash.core.view;

import dev.logdash.api.cache.PanelKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Panels that were shown a moment ago. A page that many refresh at once would otherwise ask a cache
 * elsewhere for each of them, at the very moment at which the machine has most to do.
 */
final class RecentPanels {

  static final Duration KEPT = Duration.ofMillis(250);

  private static final long MAX_CHARS = 4_000_000;

  private final LongSupplier nanos;
  private final Map<PanelKey, Recent> panels = new HashMap<>();
  private long chars;

  RecentPanels(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Recent(String json, long nanos) {}

  synchronized @Nullable String get(PanelKey key) {
    Recent recent = panels.get(key);
    return recent != null && nanos.getAsLong() - recent.nanos < KEPT.toNanos() ? recent.json : null;
  }

  synchronized void put(PanelKey key, String json) {
    if (chars + json.length() > MAX_CHARS) {
      // What is left out is a moment old and is asked for again.
      panels.clear();
      chars = 0;
    }
    Recent before = panels.put(key, new Recent(json, nanos.getAsLong()));
    chars += json.length() - (before == null ? 0 : before.json.length());
  }
}
