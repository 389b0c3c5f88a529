package dev.logdash.core.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Keeps panels in the heap of this process, up to a number of characters. */
public final class InMemoryDashboardCache implements DashboardCache {

  /** 8 million characters: at most 16 MB. */
  public static final long DEFAULT_MAX_CHARS = 8_000_000;

  // What an entry takes beside its texts.
  private static final int ENTRY_CHARS = 100;

  private final Cache<PanelKey, Kept> panels;

  private record Kept(String panel, long lifeNanos) {}

  public InMemoryDashboardCache() {
    this(DEFAULT_MAX_CHARS, System::nanoTime);
  }

  /**
   * @param maxChars how much is kept, in UTF-16 units of keys and panels
   * @param nanoTime tells durations, as {@link System#nanoTime} does
   */
  public InMemoryDashboardCache(long maxChars, LongSupplier nanoTime) {
    panels =
        Caffeine.newBuilder()
            .maximumWeight(maxChars)
            .weigher(InMemoryDashboardCache::chars)
            .expireAfter(Expiry.<PanelKey, Kept>writing((key, kept) -> life(kept)))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Mono<String> get(PanelKey key) {
    return Mono.fromCallable(() -> panels.getIfPresent(key)).map(Kept::panel);
  }

  @Override
  public Mono<Void> put(PanelKey key, String panel, Duration timeToLive) {
    if (timeToLive.isNegative() || timeToLive.isZero()) {
      throw new IllegalArgumentException("timeToLive is not positive: " + timeToLive);
    }
    Kept kept = new Kept(panel, timeToLive.toNanos());
    return Mono.fromRunnable(() -> panels.put(key, kept));
  }

  @Override
  public Mono<Void> invalidate(String scope) {
    return Mono.fromRunnable(
        () -> panels.asMap().keySet().removeIf(key -> key.scope().equals(scope)));
  }

  @Override
  public void close() {
    panels.invalidateAll();
  }

  private static Duration life(Kept kept) {
    return Duration.ofNanos(kept.lifeNanos());
  }

  private static int chars(PanelKey key, Kept kept) {
    return ENTRY_CHARS + key.scope().length() + key.fingerprint().length() + kept.panel().length();
  }
}
