package dev.logdash.core.memory;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Retention;
import dev.logdash.api.store.Table;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.store.DayIndex;
import dev.logdash.core.store.EventLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps events in the memory of the process and answers each query by looking at every event: the
 * measure that other stores are held against. Everything is lost with the process; {@link #flush}
 * only completes. Work is done on the subscribing thread.
 *
 * <p>Bytes, for retention, are an estimate: two for each character of text, and a fixed share for
 * each event and each attribute.
 */
public final class InMemoryLogStore implements LogStore, LogSearch {

  private static final Comparator<LogEvent> OLDEST_FIRST =
      Comparator.comparing(LogEvent::orderKey).thenComparing(LogEvent::id);

  private final Clock clock;
  private final TreeMap<DayIndex, Day> days = new TreeMap<>();
  private boolean closed;

  /**
   * @param clock tells the current day, for retention
   */
  public InMemoryLogStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Mono<AppendResult> append(EventBatch batch) {
    return Mono.fromCallable(() -> store(batch.events()));
  }

  @Override
  public Mono<Void> flush() {
    return check();
  }

  @Override
  public Mono<List<String>> retain(Retention policy) {
    return Mono.fromCallable(() -> drop(policy));
  }

  @Override
  public Mono<Long> delete(LogQuery query) {
    Predicate<LogEvent> wanted = matcher(query);
    return Mono.fromCallable(() -> remove(query.dataset(), wanted));
  }

  @Override
  public Mono<Page> search(LogQuery query) {
    return scan(query, events -> page(query, events));
  }

  @Override
  public Mono<Long> count(LogQuery query) {
    return scan(query, events -> (long) events.size());
  }

  @Override
  public Mono<Table> aggregate(Aggregation aggregation) {
    return scan(aggregation.query(), new TableOf(aggregation)::rows);
  }

  @Override
  public Mono<Void> check() {
    return Mono.fromRunnable(this::requireOpen);
  }

  @Override
  public synchronized void close() {
    closed = true;
    days.clear();
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new BackendException.Unavailable("the store is closed", null);
    }
  }

  private synchronized AppendResult store(List<LogEvent> events) {
    requireOpen();
    int stored = 0;
    int duplicates = 0;
    List<AppendResult.Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      LogEvent event = events.get(i);
      String refusal = EventLimits.refusal(event);
      if (refusal != null) {
        rejected.add(new AppendResult.Rejection(i, refusal));
      } else if (days.computeIfAbsent(DayIndex.of(event), day -> new Day()).add(event)) {
        stored++;
      } else {
        duplicates++;
      }
    }
    return new AppendResult(stored, duplicates, rejected);
  }

  private synchronized List<String> drop(Retention policy) {
    requireOpen();
    Instant now = clock.instant();
    long today = Math.floorDiv(now.getEpochSecond(), Duration.ofDays(1).toSeconds());
    Instant oldestEnd = now.minus(policy.maxAge());
    List<String> dropped = new ArrayList<>();
    for (DayIndex index : List.copyOf(days.keySet())) {
      long bytes = days.values().stream().mapToLong(day -> day.bytes).sum();
      Instant end = Instant.EPOCH.plus(Duration.ofDays(index.epochDay() + 1));
      boolean allowed = !end.isBefore(oldestEnd) && bytes <= policy.maxBytes();
      if (index.epochDay() < today && !allowed) {
        days.remove(index);
        dropped.add(index.name());
      }
    }
    return dropped;
  }

  private synchronized long remove(String dataset, Predicate<LogEvent> wanted) {
    requireOpen();
    long removed = 0;
    for (Map.Entry<DayIndex, Day> entry : days.entrySet()) {
      if (entry.getKey().dataset().equals(dataset)) {
        removed += entry.getValue().removeIf(wanted);
      }
    }
    days.values().removeIf(day -> day.events.isEmpty());
    return removed;
  }

  private synchronized List<LogEvent> all(String dataset) {
    requireOpen();
    List<LogEvent> events = new ArrayList<>();
    days.forEach(
        (index, day) -> {
          if (index.dataset().equals(dataset)) {
            events.addAll(day.events.values());
          }
        });
    return events;
  }

  private <T> Mono<T> scan(LogQuery query, Function<List<LogEvent>, T> answer) {
    Predicate<LogEvent> wanted = matcher(query);
    return Mono.create(
        sink -> {
          AtomicBoolean cancelled = new AtomicBoolean();
          sink.onCancel(() -> cancelled.set(true));
          List<LogEvent> found = new ArrayList<>();
          for (LogEvent event : all(query.dataset())) {
            if (cancelled.get()) {
              return;
            }
            if (wanted.test(event)) {
              found.add(event);
            }
          }
          sink.success(answer.apply(found));
        });
  }

  private static Predicate<LogEvent> matcher(LogQuery query) {
    FilterMatcher filter = FilterMatcher.of(query.filter());
    FilterMatcher scope = FilterMatcher.of(query.scope());
    return event ->
        event.timestampNanos() >= query.fromNanos()
            && event.timestampNanos() < query.toNanos()
            && scope.test(event)
            && filter.test(event);
  }

  private static Page page(LogQuery query, List<LogEvent> events) {
    boolean newestFirst = query.order() == LogQuery.Order.NEWEST_FIRST;
    Comparator<LogEvent> order = newestFirst ? OLDEST_FIRST.reversed() : OLDEST_FIRST;
    List<LogEvent> behind =
        events.stream()
            .filter(event -> isBehind(event.orderKey(), query.after(), newestFirst))
            .sorted(order)
            .toList();
    int size = Math.min(query.limit(), behind.size());
    return new Page(behind.subList(0, size), behind.size() > size);
  }

  private static boolean isBehind(OrderKey key, @Nullable OrderKey after, boolean newestFirst) {
    if (after == null) {
      return true;
    }
    return newestFirst ? key.compareTo(after) < 0 : key.compareTo(after) > 0;
  }

  /** The events of one index, by id. */
  private static final class Day {

    private static final int EVENT_BYTES = 200;
    private static final int ATTRIBUTE_BYTES = 40;

    private final Map<String, LogEvent> events = new LinkedHashMap<>();
    private long bytes;

    boolean add(LogEvent event) {
      boolean isNew = events.putIfAbsent(event.id(), event) == null;
      if (isNew) {
        bytes += estimate(event);
      }
      return isNew;
    }

    long removeIf(Predicate<LogEvent> wanted) {
      long before = events.size();
      events
          .values()
          .removeIf(
              event -> {
                boolean removed = wanted.test(event);
                bytes -= removed ? estimate(event) : 0;
                return removed;
              });
      return before - events.size();
    }

    private static long estimate(LogEvent event) {
      return EVENT_BYTES
          + (long) ATTRIBUTE_BYTES * event.attributes().size()
          + 2 * EventLimits.textLength(event);
    }
  }
}
