package dev.logdash.api.cache;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Keeps computed panels for a short time. Never a source of truth: it may lose any panel at any
 * time. Nothing happens until subscription; failures are a {@link
 * dev.logdash.api.error.BackendException}, which a caller takes for a miss. Safe for use by many
 * threads; passes {@code DashboardCacheContract}.
 */
public interface DashboardCache extends AutoCloseable {

  /** The panel of a key; empty if there is none or if its time is over. */
  Mono<String> get(PanelKey key);

  /**
   * Keeps a panel, in place of one that is there.
   *
   * @param timeToLive positive, else {@link IllegalArgumentException} is thrown at once
   */
  Mono<Void> put(PanelKey key, String panel, Duration timeToLive);

  /** Drops all panels of a scope and of no other. */
  Mono<Void> invalidate(String scope);

  /** Releases what this cache opened itself. Idempotent. */
  @Override
  void close();
}
