package dev.logdash.core.pipeline;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The road: from the batches of a source to the stores.
 *
 * <pre>
 * LogSource ─ batch ─ join lines ─ parse ─ enrich ─┬─ LogStore      search       ┐ durable: they gate
 *     ▲                                            ├─ RollupStore   statistics   │ the acknowledgement
 *     │                                            ├─ DeadLetters   what failed  ┘
 *     │                                            └─ LiveFeed      who watches, best effort
 *     └─ acknowledge ── snapshot ── cells ── flush, about each second or 32 MB ──┘
 * </pre>
 *
 * <p>Each partition has one worker at a time ({@link PartitionWorker}). Whatever fails, the worker
 * ends and the next one starts at the last snapshot, after a pause that doubles up to {@value
 * #MAX_PAUSE_MILLIS} ms; an event is stored once and counted once all the same. Memory is bounded:
 * at most two batches of a partition are under way, and a source is asked for more only then.
 */
public final class LogDataProcessor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogDataProcessor.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long MAX_PAUSE_MILLIS = 10_000;
  private static final int MAX_SNAPSHOTS = 10_000;
  private static final Duration CLOSE_BUDGET = Duration.ofSeconds(3);

  private final LogSource source;
  private final Road road;
  private final Map<PartitionId, PartitionProgress> partitions = new ConcurrentSkipListMap<>();
  private final Map<PartitionId, Assignment> assigned = new ConcurrentSkipListMap<>();
  private final Sinks.Empty<Void> stop = Sinks.empty();
  private final Disposable.Swap running = Disposables.swap();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean started = new AtomicBoolean();

  LogDataProcessor(LogSource source, Road road) {
    this.source = Objects.requireNonNull(source, "source");
    this.road = road;
  }

  public static LogDataProcessorBuilder builder() {
    return new LogDataProcessorBuilder();
  }

  /**
   * Completes if the snapshots that processors left in a store can be read; fails with {@link
   * BackendException.Misconfigured}, naming the first that cannot.
   */
  public static Mono<Void> checkSnapshots(DocumentStore documents) {
    return documents
        .list(Snapshot.PREFIX, "", MAX_SNAPSHOTS)
        .doOnNext(saved -> SnapshotCodec.read(saved.key(), saved.body()))
        .then();
  }

  /** Starts reading; returns at once. To be called once. */
  public void start() {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("the processor was started before");
    }
    running.update(
        source
            .assignments()
            .flatMap(this::process, Integer.MAX_VALUE, 1)
            .doFinally(signal -> ended.countDown())
            .subscribe(nothing -> {}, error -> LOG.error("The source of records failed", error)));
  }

  /** What became of all records so far, over restarts, for the partitions of this process. */
  public Totals totals() {
    Totals sum = Totals.NONE;
    for (PartitionProgress progress : partitions.values()) {
      sum = sum.plus(progress.totals());
    }
    return sum;
  }

  /** Completes if every partition moves; fails with the reason if one does not. */
  public Mono<Void> check() {
    return Flux.fromIterable(partitions.values())
        .concatMap(progress -> Mono.justOrEmpty(progress.failure()))
        .next()
        .flatMap(Mono::error);
  }

  /**
   * Completes when all records that are in the source now are stored, counted and acknowledged.
   * Waits as long as that takes; bound it with a time-out.
   */
  public Mono<Void> drain() {
    return Flux.defer(() -> Flux.fromIterable(assigned.values()))
        .flatMap(assignment -> assignment.end().flatMap(end -> reached(assignment.id(), end)))
        .then();
  }

  /** Ends after the batches under way, with a last checkpoint, within three seconds. Idempotent. */
  @Override
  public void close() {
    stop.tryEmitEmpty();
    if (started.get()) {
      source.close();
      try {
        if (!ended.await(CLOSE_BUDGET.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.warn("Stopping without a last checkpoint; the next start reads a little again");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    running.dispose();
  }

  private Mono<Void> reached(PartitionId partition, long offset) {
    PartitionProgress progress = partitions.get(partition);
    if (progress == null) {
      return Mono.empty();
    }
    return progress.acknowledged().filter(next -> next >= offset).next().then();
  }

  private Mono<Void> process(Assignment assignment) {
    PartitionProgress progress =
        partitions.computeIfAbsent(assignment.id(), PartitionProgress::new);
    assigned.put(assignment.id(), assignment);
    return Mono.defer(() -> PartitionWorker.run(assignment, road, progress, stop.asMono()))
        .retryWhen(Retry.from(signals -> signals.concatMap(s -> pause(progress, s.failure()))))
        .doFinally(signal -> assigned.remove(assignment.id(), assignment));
  }

  private Mono<Long> pause(PartitionProgress progress, Throwable error) {
    int failures = progress.failed(error);
    long millis = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 20));
    String remedy =
        error instanceof BackendException.Misconfigured ? "waits for a person" : "tries again";
    LOG.warn(
        "Partition {} {} in {} ms, after {} failures without progress",
        progress.partition(),
        remedy,
        millis,
        failures,
        error);
    return Mono.delay(Duration.ofMillis(millis), road.writeScheduler())
        .takeUntilOther(stop.asMono());
  }
}
