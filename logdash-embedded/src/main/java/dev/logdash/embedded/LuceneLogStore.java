package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
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
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.IndexWriter;
import reactor.core.publisher.Mono;

/**
 * A {@link LogStore} and {@link LogSearch} in a folder of this machine, for one process: one Lucene
 * index for each dataset and UTC day of reception. Indices are opened by the first use.
 *
 * <p>After a full or broken disk, what was appended since the last flush may be gone. Then
 * appending and flushing fail as {@link BackendException.Unavailable} until the records of each
 * partition that lost some are appended again, from the first that was not flushed on.
 *
 * <p>A day whose index is damaged is left out of every answer; {@link #leftOut} tells of it, {@link
 * #check} fails, and so do appending to that day and deleting.
 *
 * <p>An index keeps doc values for the first 1,000 numeric and 500 text fields that it meets;
 * ranges, groups and functions over later ones give the same answers from the events, slowly.
 */
public final class LuceneLogStore implements LogStore, LogSearch {

  private static final int WRITE_THREADS = 2;
  private static final int READ_THREADS = 4;
  private static final int MAX_QUEUED = 1_000;
  // Half of the second in which events become findable; the other half is for the search.
  private static final long REFRESH_NANOS = 500_000_000L;

  static {
    // The classes of Lucene 9.12 wait for each other for ever when the first search and the first
    // append initialise them at the same moment, from the two ends of a cycle.
    try {
      MethodHandles.lookup().ensureInitialized(IndexWriter.class);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EventIndices indices;
  private final DayRetention retention;
  private final Workers writers;
  private final Workers readers;
  private final ParallelSlices slices;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LuceneLogStore(Builder builder) {
    indices =
        new EventIndices(
            builder.root, builder.refreshNanos, builder.ramMegabytes, builder.readOnly);
    retention = new DayRetention(indices, builder.clock, builder.freeSpace);
    writers = new Workers("logdash-lucene-write", WRITE_THREADS, MAX_QUEUED);
    readers = new Workers("logdash-lucene-read", READ_THREADS, MAX_QUEUED);
    slices = new ParallelSlices(builder.indexThreads);
  }

  /**
   * Starts a store.
   *
   * @param root the folder of the indices; made when it is needed
   * @param clock tells the current day, for retention
   */
  public static Builder builder(Path root, Clock clock) {
    return new Builder(root, clock);
  }

  @Override
  public Mono<AppendResult> append(EventBatch batch) {
    Objects.requireNonNull(batch, "batch");
    return writing(() -> store(batch));
  }

  @Override
  public Mono<Void> flush() {
    return this.<Boolean>writing(
            () -> {
              for (EventIndex index : indices.all()) {
                try {
                  index.flush();
                } catch (IOException | RuntimeException e) {
                  throw LuceneErrors.translate(index.folder(), e);
                }
              }
              return true;
            })
        .then();
  }

  @Override
  public Mono<List<String>> retain(Retention policy) {
    Objects.requireNonNull(policy, "policy");
    return writing(() -> retention.drop(policy));
  }

  @Override
  public Mono<Long> delete(LogQuery query) {
    FilterMatcher.of(query.filter());
    return writing(() -> remove(query));
  }

  @Override
  public Mono<Void> check() {
    return this.<Boolean>reading(
            cancelled -> {
              indices.check();
              return true;
            })
        .then();
  }

  @Override
  public Mono<Page> search(LogQuery query) {
    FilterMatcher.of(query.filter());
    return answer(query, view -> new PageSearch(query, view).run());
  }

  @Override
  public Mono<Long> count(LogQuery query) {
    FilterMatcher.of(query.filter());
    return answer(query, LuceneLogStore::count);
  }

  @Override
  public Mono<Table> aggregate(Aggregation aggregation) {
    FilterMatcher.of(aggregation.query().filter());
    return answer(aggregation.query(), view -> new TableSearch(aggregation, view).run());
  }

  /** The datasets that have an index, in the order of their names. */
  public Mono<List<String>> datasets() {
    return reading(
        cancelled ->
            indices.all().stream()
                .map(index -> index.name().dataset())
                .distinct()
                .sorted()
                .toList());
  }

  /** What keeps days out of the answers, each with what to do about it, the oldest first. */
  public Mono<List<String>> leftOut() {
    return reading(cancelled -> messages());
  }

  /** Reads every byte of every index, then answers like {@link #leftOut}. */
  public Mono<List<String>> verify() {
    return reading(
        cancelled -> {
          for (EventIndex index : indices.all()) {
            if (!cancelled.getAsBoolean()) {
              index.verify();
            }
          }
          return messages();
        });
  }

  /** Closes what is open, within a few seconds; what was not flushed may be lost. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    writers.close();
    readers.close();
    slices.close();
    try {
      indices.close();
    } catch (IOException e) {
      throw LuceneErrors.translate(indices.root(), e);
    }
  }

  private List<String> messages() throws IOException {
    return indices.failures().stream()
        .map(failure -> String.valueOf(failure.getMessage()))
        .toList();
  }

  private AppendResult store(EventBatch batch) throws IOException {
    Map<DayIndex, List<LogEvent>> days = new TreeMap<>();
    List<AppendResult.Rejection> rejected = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < batch.events().size(); i++) {
      LogEvent event = batch.events().get(i);
      String refusal = EventLimits.refusal(event);
      if (refusal == null) {
        days.computeIfAbsent(DayIndex.of(event), day -> new ArrayList<>()).add(event);
        accepted++;
      } else {
        rejected.add(new AppendResult.Rejection(i, refusal));
      }
    }
    for (EventIndex index : indices.all()) {
      index.replayed(batch.partition(), batch.firstOffset());
    }
    int stored = 0;
    for (Map.Entry<DayIndex, List<LogEvent>> day : days.entrySet()) {
      EventIndex index = indices.toWrite(day.getKey());
      try {
        stored += index.append(batch, day.getValue(), indices.shareMemory(), slices);
      } catch (IOException | RuntimeException e) {
        throw LuceneErrors.translate(index.folder(), e);
      }
    }
    return new AppendResult(stored, accepted - stored, rejected);
  }

  private long remove(LogQuery query) throws IOException {
    long removed = 0;
    for (EventIndex index : indices.of(query.dataset())) {
      try (ReadView view = new ReadView(query, List.of(index), true, () -> false)) {
        long found = count(view);
        if (found > 0) {
          index.delete(view.whole(), indices.shareMemory());
          removed += found;
        }
      }
    }
    return removed;
  }

  private static long count(ReadView view) throws IOException {
    long count = view.searcher().count(view.whole());
    if (view.searcher().timedOut()) {
      throw new CancelledSearch();
    }
    return count;
  }

  /** A day that turns out to be damaged is left out, and the question asked again. */
  private <T> Mono<T> answer(LogQuery query, Answering<T> work) {
    return reading(
        cancelled -> {
          while (true) {
            List<EventIndex> wanted = wanted(query);
            try (ReadView view = new ReadView(query, wanted, false, cancelled)) {
              return work.run(view);
            } catch (BackendException | CancelledSearch e) {
              throw e;
            } catch (IOException | RuntimeException e) {
              if (allSound(wanted)) {
                throw e;
              }
            } catch (InternalError e) {
              if (allSound(wanted)) {
                throw new IOException(e);
              }
            }
          }
        });
  }

  private static boolean allSound(List<EventIndex> indices) throws IOException {
    boolean sound = true;
    for (EventIndex index : indices) {
      sound &= index.verify();
    }
    return sound;
  }

  private List<EventIndex> wanted(LogQuery query) throws IOException {
    List<EventIndex> wanted = new ArrayList<>();
    for (EventIndex index : indices.readable(query.dataset())) {
      DayState state = index.state();
      if (state.minTime() < query.toNanos() && state.maxTime() >= query.fromNanos()) {
        wanted.add(index);
      }
    }
    return wanted;
  }

  private <T> Mono<T> writing(Callable<T> work) {
    return writers
        .run(
            Mono.fromCallable(
                () -> {
                  indices.requireWritable();
                  return work.call();
                }))
        .onErrorMap(this::translate);
  }

  private <T> Mono<T> reading(Reading<T> work) {
    Mono<T> mono =
        Mono.create(
            sink -> {
              AtomicBoolean cancelled = new AtomicBoolean();
              sink.onCancel(() -> cancelled.set(true));
              try {
                sink.success(work.run(cancelled::get));
              } catch (IOException | RuntimeException e) {
                sink.error(e);
              }
            });
    return readers.run(mono).onErrorMap(this::translate);
  }

  private Throwable translate(Throwable failure) {
    return LuceneErrors.translate(indices.root(), failure);
  }

  private interface Reading<T> {
    T run(BooleanSupplier cancelled) throws IOException;
  }

  private interface Answering<T> {
    T run(ReadView view) throws IOException;
  }

  /** Collects the settings of a store. */
  public static final class Builder {

    private final Path root;
    private final Clock clock;
    private double ramMegabytes = 32;
    private int indexThreads = 1;
    private DayRetention.FreeSpace freeSpace = DayRetention::freeFraction;
    private long refreshNanos = REFRESH_NANOS;
    private boolean readOnly;

    private Builder(Path root, Clock clock) {
      this.root = Objects.requireNonNull(root, "root");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * How much memory may hold documents before they are written to the disk, in MiB; at least 1,
     * 32 where nothing is said. More makes fewer and larger segments.
     */
    public Builder ramMegabytes(double value) {
      if (!(value >= 1 && value <= 1_024)) {
        throw new IllegalArgumentException("ramMegabytes is not within 1 and 1,024: " + value);
      }
      ramMegabytes = value;
      return this;
    }

    /** How many threads index a large batch, 1 to 64; 1 where nothing is said. */
    public Builder indexThreads(int value) {
      if (value < 1 || value > 64) {
        throw new IllegalArgumentException("indexThreads is not within 1 and 64: " + value);
      }
      indexThreads = value;
      return this;
    }

    Builder freeSpace(DayRetention.FreeSpace value) {
      freeSpace = value;
      return this;
    }

    /** How old a reader may be for a search. */
    Builder refreshNanos(long value) {
      refreshNanos = value;
      return this;
    }

    /**
     * Makes a store that only reads, beside the process that writes the folder: what was flushed
     * before each index was looked at first. Writing fails.
     */
    Builder readOnly() {
      readOnly = true;
      return this;
    }

    public LuceneLogStore build() {
      return new LuceneLogStore(this);
    }
  }
}
