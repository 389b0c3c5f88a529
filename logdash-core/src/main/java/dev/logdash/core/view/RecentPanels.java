package dev.logdash.core.view;

import dev.logdash.api.cache.PanelKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Panels that were shown lately. A page that many refresh at once would otherwise ask a cache
 * elsewhere for each of them, at the very moment at which the machine has most to do, and compute
 * them anew where it does not answer in time.
 */
final class RecentPanels {

  private static final long MAX_CHARS = 4_000_000;
  // Of the objects around the texts.
  private static final long ENTRY_CHARS = 100;

  private final LongSupplier nanos;
  private final Map<PanelKey, Recent> panels = new HashMap<>();
  private long chars;

  RecentPanels(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * @param ends when it is too old to be shown, by the clock
   */
  private record Recent(String json, long ends) {}

  synchronized @Nullable String get(PanelKey key) {
    Recent recent = panels.get(key);
    return recent != null && nanos.getAsLong() - recent.ends < 0 ? recent.json : null;
  }

  synchronized void put(PanelKey key, String json, Duration kept) {
    long size = ENTRY_CHARS + key.scope().length() + key.fingerprint().length() + json.length();
    if (chars + size > MAX_CHARS) {
      // What is left out is a moment old and is asked for again.
      panels.clear();
      chars = 0;
    }
    // One that takes the place of another counts beside it until all are forgotten.
    chars += size;
    panels.put(key, new Recent(json, nanos.getAsLong() + kept.toNanos()));
  }
}
