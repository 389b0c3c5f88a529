package dev.logdash.core.view;

import dev.logdash.api.cache.DashboardCache;
import dev.logdash.api.cache.PanelKey;
import dev.logdash.api.store.LogSearch;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Computes panels, as JSON. However many ask for one at a time, it is computed once; for a short
 * time afterwards it comes out of the cache. A cache that fails costs time and nothing else.
 */
public final class VisualizationManager {

  private static final Logger LOG = LoggerFactory.getLogger(VisualizationManager.class);

  /** How old a panel may be; one that another process computed may be older by {@link #READ}. */
  public static final Duration TIME_TO_LIVE = Duration.ofSeconds(2);

  /** How long a panel of the cache, whose age is not known, is shown without asking again. */
  static final Duration READ = Duration.ofMillis(250);

  private final DashboardCache cache;
  private final RecentPanels recent;
  private final Map<PanelKey, Mono<String>> underWay = new ConcurrentHashMap<>();

  public VisualizationManager(DashboardCache cache) {
    this(cache, System::nanoTime);
  }

  VisualizationManager(DashboardCache cache, LongSupplier nanos) {
    this.cache = Objects.requireNonNull(cache, "cache");
    this.recent = new RecentPanels(nanos);
  }

  /**
   * The panel as a JSON object. Cancelling one subscriber of several leaves the computation to the
   * others; cancelling the last one ends it.
   *
   * @param scope names what the reader may see: the same for readers with the same rights, and for
   *     no others
   * @param question the same text for the same question, as readers put it: "the last hour", not
   *     the hour that this is at the moment, or no two of them would share an answer
   * @param search answers within those rights
   */
  public Mono<String> show(String scope, String question, Panel panel, LogSearch search) {
    return show(scope, question, Mono.defer(() -> compute(panel, search)));
  }

  /**
   * Any other answer that many look at, in the same way.
   *
   * @param computation gives a JSON object
   */
  public Mono<String> show(String scope, String question, Mono<String> computation) {
    return Mono.defer(
        () -> {
          PanelKey key = new PanelKey(scope, question);
          String shown = recent.get(key);
          return shown != null
              ? Mono.just(shown)
              : underWay.computeIfAbsent(key, unused -> once(key, computation));
        });
  }

  // The map forgets the computation when it ends, so an error is not kept and the map stays small.
  private Mono<String> once(PanelKey key, Mono<String> computation) {
    return cached(key)
        .doOnNext(json -> recent.put(key, json, READ))
        .switchIfEmpty(computation.map(json -> keep(key, json)))
        .doFinally(signal -> underWay.remove(key))
        .flux()
        .replay(1)
        .refCount()
        .singleOrEmpty();
  }

  private Mono<String> cached(PanelKey key) {
    return cache.get(key).onErrorResume(error -> missed("read", error));
  }

  // Nobody waits for the cache to have it.
  private String keep(PanelKey key, String json) {
    recent.put(key, json, TIME_TO_LIVE);
    var unused =
        cache.put(key, json, TIME_TO_LIVE).subscribe(kept -> {}, error -> missed("written", error));
    return json;
  }

  private static Mono<String> compute(Panel panel, LogSearch search) {
    switch (panel.kind()) {
      case HISTOGRAM:
        return Histogram.of(panel, search);
      case TOP_VALUES:
        return TopValues.of(panel, search);
      default:
        return FoundFields.of(panel, search);
    }
  }

  private <T> Mono<T> missed(String what, Throwable error) {
    LOG.debug("The cache of panels cannot be {}", what, error);
    return Mono.empty();
  }
}
