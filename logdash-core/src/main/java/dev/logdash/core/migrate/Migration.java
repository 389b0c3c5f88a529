package dev.logdash.core.migrate;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.OrderKey;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.rollup.Cell;
import dev.logdash.api.rollup.CellKey;
import dev.logdash.api.rollup.CellWrite;
import dev.logdash.api.rollup.RollupQuery;
import dev.logdash.api.rollup.RollupStore;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Copies events, statistics and documents into other stores, and changes nothing where they come
 * from. Whatever ends it, it can be started again: events go on behind the last checkpoint, which
 * the target keeps, and nothing is there twice. Both sides can be read meanwhile. Logs that come in
 * at the source while it runs may be missed, so they are to come in at the target by then.
 *
 * <p>Where the target has a document or a cell already, the newer cell and its own document stay.
 */
public final class Migration {

  private static final String CHECKPOINT = "migration/";
  private static final int PAGE = 2_000;
  private static final int PAGES_EACH_CHECKPOINT = 10;
  private static final int CELLS = 500;
  private static final int DOCUMENTS = 500;
  private static final long END_OF_TIME_SECONDS = 9_223_372_036L;

  private final Side from;
  private final Side to;
  private final Plan plan;
  private final Consumer<MigrationCounts> listener;
  private final PartitionId partition;
  private final String checkpoint;
  private MigrationCounts counts = MigrationCounts.NONE;
  private long offset;

  /** Stores that belong together. */
  public record Side(
      LogStore events, LogSearch search, RollupStore rollups, DocumentStore documents) {}

  /**
   * What is to be moved.
   *
   * @param datasets whose events
   * @param definitions whose statistics
   * @param tiers the widths of windows, in seconds
   */
  public record Plan(List<String> datasets, List<String> definitions, List<Integer> tiers) {
    public Plan {
      datasets = List.copyOf(datasets);
      definitions = List.copyOf(definitions);
      tiers = List.copyOf(tiers);
    }
  }

  /**
   * @param source names where it comes from among all that the target may be filled from
   * @param run names this run among all of the target
   * @param listener is told how far it is
   */
  public Migration(
      Side from,
      Side to,
      Plan plan,
      String source,
      String run,
      Consumer<MigrationCounts> listener) {
    this.from = from;
    this.to = to;
    this.plan = plan;
    this.listener = listener;
    this.partition = new PartitionId("migration-" + run, 0);
    this.checkpoint = CHECKPOINT + source + '/';
  }

  /** Moves all; gives what was moved by this run. To be subscribed once. */
  public Mono<MigrationCounts> run() {
    return Flux.fromIterable(plan.datasets())
        .concatMap(this::events)
        .thenMany(Flux.fromIterable(plan.definitions()))
        .concatMap(this::cells)
        // The state of the work last: whoever finds it may rely on the rest.
        .then(Mono.defer(() -> documents("")))
        .then(Flux.fromIterable(plan.datasets()).concatMap(this::forget).then())
        .then(Mono.fromSupplier(() -> counts));
  }

  /** Another run looks at all again, since there may be more by then. */
  private Mono<Boolean> forget(String dataset) {
    return to.documents()
        .get(checkpoint + dataset)
        .flatMap(saved -> to.documents().delete(saved.key(), saved.version()));
  }

  private Mono<Void> events(String dataset) {
    return to.documents()
        .get(checkpoint + dataset)
        .map(saved -> new Saved(saved.version(), key(saved.body())))
        .defaultIfEmpty(new Saved(DocumentStore.ABSENT, null))
        .flatMap(saved -> events(dataset, saved));
  }

  private record Saved(long version, @Nullable OrderKey key) {}

  /** Moves pages up to the next checkpoint, then goes on; completes behind the last event. */
  private Mono<Void> events(String dataset, Saved saved) {
    return pages(dataset, saved.key(), PAGES_EACH_CHECKPOINT)
        .flatMap(
            end ->
                to.events()
                    .flush()
                    .then(save(dataset, saved.version(), end))
                    .flatMap(
                        version ->
                            end.more()
                                ? events(dataset, new Saved(version, end.last()))
                                : Mono.empty()));
  }

  private record End(@Nullable OrderKey last, boolean more) {}

  private Mono<End> pages(String dataset, @Nullable OrderKey after, int left) {
    LogQuery query =
        LogQuery.builder()
            .dataset(dataset)
            .order(LogQuery.Order.OLDEST_FIRST)
            .limit(PAGE)
            .after(after)
            .build();
    return from.search()
        .search(query)
        .flatMap(
            page ->
                append(page)
                    .then(
                        Mono.defer(
                            () -> {
                              End end = end(page, after);
                              return end.more() && left > 1
                                  ? pages(dataset, end.last(), left - 1)
                                  : Mono.just(end);
                            })));
  }

  private static End end(Page page, @Nullable OrderKey before) {
    List<LogEvent> events = page.events();
    return events.isEmpty()
        ? new End(before, false)
        : new End(events.get(events.size() - 1).orderKey(), page.more());
  }

  private Mono<AppendResult> append(Page page) {
    if (page.events().isEmpty()) {
      return Mono.just(new AppendResult(0, 0, List.of()));
    }
    long first = offset;
    offset += page.events().size();
    EventBatch batch = new EventBatch(partition, first, offset - 1, true, page.events());
    return to.events()
        .append(batch)
        .doOnNext(
            result ->
                told(
                    counts.plusEvents(
                        result.stored(), result.duplicates(), result.rejected().size())));
  }

  private Mono<Long> save(String dataset, long version, End end) {
    OrderKey last = end.last();
    if (last == null) {
      return Mono.just(version);
    }
    String body = last.timestampNanos() + " " + last.seq() + " " + last.producer();
    return to.documents()
        .put(checkpoint + dataset, version, body)
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("another migration is at work")));
  }

  private static OrderKey key(String body) {
    String[] parts = body.split(" ", 3);
    return new OrderKey(Long.parseLong(parts[0]), parts[2], Long.parseLong(parts[1]));
  }

  private Mono<Void> cells(String definition) {
    return Flux.fromIterable(plan.tiers())
        .concatMap(
            tier ->
                from.rollups()
                    .read(new RollupQuery(definition, tier, 0, END_OF_TIME_SECONDS))
                    .buffer(CELLS)
                    .concatMap(this::write, 1))
        .then();
  }

  private Mono<Void> write(List<Cell> cells) {
    List<CellKey> keys = cells.stream().map(Cell::key).toList();
    return to.rollups()
        .load(keys)
        .flatMap(
            there -> {
              Map<CellKey, Long> offsets = new HashMap<>();
              there.forEach(cell -> offsets.put(cell.key(), cell.offset()));
              List<CellWrite> writes = new ArrayList<>();
              for (Cell cell : cells) {
                long known = offsets.getOrDefault(cell.key(), CellWrite.ABSENT);
                if (known < cell.offset()) {
                  writes.add(new CellWrite(known, cell));
                }
              }
              return writes.isEmpty()
                  ? Mono.<Void>empty()
                  : to.rollups()
                      .write(writes)
                      .doOnNext(refused -> told(counts.plusCells(writes.size() - refused.size())))
                      .then();
            });
  }

  private Mono<Void> documents(String after) {
    return from.documents()
        .list("", after, DOCUMENTS)
        .collectList()
        .flatMap(
            page ->
                Flux.fromIterable(page)
                    .concatMap(this::put)
                    .then(
                        page.size() < DOCUMENTS
                            ? Mono.<Void>empty()
                            : Mono.defer(() -> documents(page.get(page.size() - 1).key()))));
  }

  private Mono<Void> put(Document document) {
    if (document.key().startsWith(CHECKPOINT)) {
      return Mono.empty();
    }
    return to.documents()
        .put(document.key(), DocumentStore.ABSENT, document.body())
        .map(version -> true)
        .defaultIfEmpty(false)
        .flatMap(
            written ->
                written
                    ? Mono.fromRunnable(() -> told(counts.plusDocuments(1, 0)))
                    : to.documents()
                        .get(document.key())
                        .filter(own -> !own.body().equals(document.body()))
                        .doOnNext(own -> told(counts.plusDocuments(0, 1)))
                        .then());
  }

  private void told(MigrationCounts now) {
    counts = now;
    listener.accept(now);
  }
}
