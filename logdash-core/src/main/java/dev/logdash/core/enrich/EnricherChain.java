package dev.logdash.core.enrich;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.store.EventLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enrichers that work on an event one behind the other, in the order given. None can lose or fail
 * an event: where one throws, gives nothing, gives an event of another identity, or one that no
 * store would take, that is counted and the event goes on as it was before it. Safe for use by many
 * threads.
 */
public final class EnricherChain implements Enricher {

  private static final Logger LOG = LoggerFactory.getLogger(EnricherChain.class);

  private final List<NamedEnricher> enrichers;
  private final List<Step> steps;
  private final Map<String, LongAdder> failures;

  private record Step(String name, Enricher enricher, LongAdder failures) {}

  /** Enrichers, the first to work first. */
  public EnricherChain(List<NamedEnricher> enrichers) {
    this.enrichers = List.copyOf(enrichers);
    Map<String, LongAdder> counts = new TreeMap<>();
    List<Step> all = new ArrayList<>();
    for (NamedEnricher named : enrichers) {
      LongAdder count = counts.computeIfAbsent(named.name(), name -> new LongAdder());
      all.add(new Step(named.name(), named.enricher(), count));
    }
    steps = List.copyOf(all);
    failures = counts;
  }

  @Override
  public LogEvent enrich(LogEvent event) {
    LogEvent current = event;
    for (Step step : steps) {
      current = enrich(current, step);
    }
    return current;
  }

  /** The same enrichers, whose failures are counted apart. */
  public EnricherChain apart() {
    return new EnricherChain(enrichers);
  }

  /** How many events each enricher failed on since the start, by name; all names are there. */
  public Map<String, Long> failures() {
    Map<String, Long> counts = new TreeMap<>();
    failures.forEach((name, count) -> counts.put(name, count.sum()));
    return counts;
  }

  // An enricher with nothing to add gives back what it was given, which needs no check.
  @SuppressWarnings("ReferenceEquality")
  private static LogEvent enrich(LogEvent event, Step step) {
    @Nullable LogEvent enriched;
    try {
      enriched = step.enricher.enrich(event);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return failed(event, step, "it threw", e);
    }
    if (enriched == event) {
      return event;
    }
    if (enriched == null) {
      return failed(event, step, "it gave no event", null);
    }
    if (!isSame(event, enriched)) {
      return failed(event, step, "it changed the id, a time, the dataset or the origin", null);
    }
    String refusal = EventLimits.refusal(enriched);
    if (refusal != null && EventLimits.refusal(event) == null) {
      return failed(event, step, "its event cannot be stored: " + refusal, null);
    }
    return enriched;
  }

  private static boolean isSame(LogEvent event, LogEvent enriched) {
    return event.id().equals(enriched.id())
        && same(event, enriched, LogEvent::timestampNanos)
        && same(event, enriched, LogEvent::observedNanos)
        && same(event, enriched, LogEvent::seq)
        && event.producer().equals(enriched.producer())
        && event.dataset().equals(enriched.dataset());
  }

  private static boolean same(LogEvent one, LogEvent other, ToLongFunction<LogEvent> part) {
    return part.applyAsLong(one) == part.applyAsLong(other);
  }

  // A failure of one event in a million must not make a million lines of our own.
  private static LogEvent failed(
      LogEvent event, Step step, String reason, @Nullable Throwable error) {
    boolean first = step.failures.sum() == 0;
    step.failures.increment();
    if (first) {
      LOG.warn(
          "Enricher {} failed on event {}: {}. Events go on without it; further failures are"
              + " counted only",
          step.name,
          event.id(),
          reason,
          error);
    }
    return event;
  }
}
