package dev.logdash.core;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.live.LiveFeed;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.LogSearch;
import dev.logdash.core.enrich.EnricherChain;
import dev.logdash.core.pipeline.LogDataProcessor;
import dev.logdash.core.pipeline.Totals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A running logdash: records go in through {@link #sink}, events and statistics are found through
 * {@link #search} and {@link #rollups}. Made by {@link #builder}, whose calls are the wiring
 * diagram.
 */
public final class Logdash implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Logdash.class);

  private final LogSink sink;
  private final LogSearch search;
  private final RollupStore rollups;
  private final DocumentStore documents;
  private final LiveFeed live;
  private final @Nullable LogDataProcessor processor;
  private final EnricherChain enrichers;
  private final Housekeeping housekeeping;
  private final List<AutoCloseable> resources;
  private final AtomicBoolean closed = new AtomicBoolean();

  Logdash(
      LogSink sink,
      LogSearch search,
      RollupStore rollups,
      DocumentStore documents,
      LiveFeed live,
      @Nullable LogDataProcessor processor,
      EnricherChain enrichers,
      Housekeeping housekeeping,
      List<AutoCloseable> resources) {
    this.sink = sink;
    this.search = search;
    this.rollups = rollups;
    this.documents = documents;
    this.live = live;
    this.processor = processor;
    this.enrichers = enrichers;
    this.housekeeping = housekeeping;
    this.resources = List.copyOf(resources);
  }

  /** Starts the wiring. */
  public static LogdashBuilder builder() {
    return new LogdashBuilder();
  }

  /** Starts to process and to keep house; returns at once. To be called once. */
  public void start() {
    // Who stores keeps house: what others are set to keep is nothing for who does not.
    if (processor != null) {
      processor.start();
      housekeeping.start();
    }
  }

  /** Where records come in. */
  public LogSink sink() {
    return sink;
  }

  /** Where stored events are found, without regard to who asks. */
  public LogSearch search() {
    return search;
  }

  /** Where statistics are found, likewise. */
  public RollupStore rollups() {
    return rollups;
  }

  /** Where snapshots, users, rules and the like are. */
  public DocumentStore documents() {
    return documents;
  }

  /** Where stored events show as they come. */
  public LiveFeed live() {
    return live;
  }

  /** Whether records are stored from here. */
  public boolean processes() {
    return processor != null;
  }

  /** What became of all records that this process was to store so far, over restarts. */
  public Totals totals() {
    return processor == null ? Totals.NONE : processor.totals();
  }

  /**
   * How many events each enricher failed on since the start, by the name of the enricher; the
   * events went on without what it would have added.
   */
  public Map<String, Long> enrichmentFailures() {
    return enrichers.failures();
  }

  /**
   * What is added here to events before they are stored, for showing what would become of one; its
   * failures are not among {@link #enrichmentFailures}.
   */
  public Enricher enrichment() {
    return enrichers.apart();
  }

  /**
   * Completes when all that the source of this process holds is stored, counted and durable; at
   * once where it has none. Waits as long as that takes; bound it with a time-out.
   */
  public Mono<Void> drain() {
    return processor == null ? Mono.empty() : processor.drain();
  }

  /** Completes if logs move; fails with the reason if not. */
  public Mono<Void> check() {
    // A processor that stands still is why a spool fills up, so its reason goes first.
    return processing().then(sink.check());
  }

  /** Completes if what was accepted moves on; fails with the reason if not. */
  public Mono<Void> processing() {
    return processor == null ? Mono.empty() : processor.check();
  }

  /**
   * Ends the work with a last checkpoint and releases what the builder was told to release, within
   * five seconds. Nothing that was accepted is lost. Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    housekeeping.close();
    if (processor != null) {
      processor.close();
    }
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("{} did not close", resource, e);
      }
    }
  }
}
