package dev.logdash.elasticsearch;

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
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps events in Elasticsearch 8 or 9, an index for each dataset and UTC day of reception. Nothing
 * is opened before the first subscription, so the server may be down when the store is made.
 *
 * <p>An acknowledged event is on the disk of its shard, since each request is forced there; {@link
 * #flush} therefore only fails when the store is closed. Searches mean exactly what the memory
 * store means; what the server has no exact answer to is computed from the events, read one by one:
 * groups by most fields, numbers of all fields but the duration, different values of most fields,
 * patterns with many {@code ?} behind a {@code *}. {@link #statistics} counts the events that were
 * read so.
 *
 * <p>Bytes, for retention, are what the server tells, copies included; the disk of the fullest node
 * counts, and a full one costs one day each time. Only indices that logdash made are dropped.
 */
public final class ElasticsearchLogStore implements LogStore, LogSearch {

  // Of a document; what is longer makes its buffer grow.
  private static final int EXPECTED_BYTES = 1_024;
  // The server works on one request of a shard in one thread. With a second one it has something to
  // do while this process reads an answer and makes documents.
  private static final int LANES = 2;
  private static final int WORTH_A_REQUEST = 200;

  private final Settings settings;
  private final Clock clock;
  private final Transport transport;
  private final Indices indices;
  private final Finder finder;
  private final TableFinder tables;
  private final BulkWriter bulks;
  private final BulkBodies bodies = new BulkBodies();
  private final Counters counters = new Counters();
  private final AtomicBoolean closed = new AtomicBoolean();

  ElasticsearchLogStore(Settings settings, Clock clock, LongUnaryOperator random) {
    this.settings = settings;
    this.clock = clock;
    this.transport = new Transport(settings);
    this.indices = new Indices(transport, settings);
    this.finder = new Finder(transport, indices, counters);
    this.tables = new TableFinder(finder, settings.groupsOfAPart());
    this.bulks = new BulkWriter(transport, settings, counters, random);
  }

  /**
   * Starts the settings of a store.
   *
   * @param urls of the nodes, for example {@code https://search.example.org:9200}
   * @param clock tells the current day, for retention
   */
  public static ElasticsearchLogStoreBuilder builder(List<URI> urls, Clock clock) {
    return new ElasticsearchLogStoreBuilder(urls, clock);
  }

  @Override
  public Mono<AppendResult> append(EventBatch batch) {
    return open(() -> store(batch.events()));
  }

  @Override
  public Mono<Void> flush() {
    return open(Mono::<Boolean>empty).then();
  }

  @Override
  public Mono<List<String>> retain(Retention policy) {
    return open(() -> indices.retain(policy, clock.instant()));
  }

  @Override
  public Mono<Long> delete(LogQuery query) {
    FilterMatcher.of(query.filter());
    return open(() -> remove(query));
  }

  @Override
  public Mono<Void> check() {
    return open(() ->
            transport
                .json("GET", "/_cluster/health", Map.of("filter_path", "status"), null)
                .doOnNext(
                    health -> {
                      if (health.at("status").text().equals("red")) {
                        throw new BackendException.Unavailable(
                            "Elasticsearch at "
                                + settings.where()
                                + " is red: some of its data cannot be reached",
                            null);
                      }
                    }))
        .then();
  }

  @Override
  public Mono<Page> search(LogQuery query) {
    FilterMatcher.of(query.filter());
    return open(() -> finder.page(query));
  }

  @Override
  public Mono<Long> count(LogQuery query) {
    FilterMatcher.of(query.filter());
    return open(() -> finder.count(query));
  }

  @Override
  public Mono<Table> aggregate(Aggregation aggregation) {
    FilterMatcher.of(aggregation.query().filter());
    return open(() -> tables.table(aggregation));
  }

  /** What this store has done so far. */
  public ElasticsearchStatistics statistics() {
    return counters.snapshot();
  }

  /** Ends what is running and closes the connections. */
  @Override
  public void close() {
    closed.set(true);
    transport.close();
  }

  private <T> Mono<T> open(Supplier<Mono<T>> work) {
    return Mono.defer(
            () -> {
              if (closed.get()) {
                return Mono.error(new BackendException.Unavailable("the store is closed", null));
              }
              return work.get();
            })
        .onErrorMap(
            failure ->
                closed.get() && !(failure instanceof BackendException)
                    ? new BackendException.Unavailable("the store is closed", failure)
                    : ElasticsearchErrors.translate(settings.where(), failure));
  }

  private Mono<AppendResult> store(List<LogEvent> events) {
    Tally tally = new Tally();
    int[] accepted = new int[events.size()];
    int count = 0;
    TreeSet<DayIndex> days = new TreeSet<>();
    DayIndex day = null;
    for (int i = 0; i < events.size(); i++) {
      LogEvent event = events.get(i);
      String refusal = EventLimits.refusal(event);
      if (refusal == null) {
        accepted[count++] = i;
        if (day == null || !day.isOf(event)) {
          day = DayIndex.of(event);
          days.add(day);
        }
      } else {
        tally.rejected(i, refusal);
      }
    }
    if (count == 0) {
      return Mono.fromCallable(() -> finished(tally));
    }
    return indices
        .prepare(days)
        .thenMany(Flux.fromIterable(lanes(events, Arrays.copyOf(accepted, count))))
        .flatMap(lane -> bodies(events, lane).concatMap(body -> send(body, tally), 0), LANES)
        .then(Mono.fromCallable(() -> finished(tally)));
  }

  /** What may be under way at a time; of events with one id the first one goes first. */
  private static List<int[]> lanes(List<LogEvent> events, int[] accepted) {
    if (accepted.length < LANES * WORTH_A_REQUEST) {
      return List.of(accepted);
    }
    return IntStream.range(0, LANES)
        .mapToObj(
            lane ->
                Arrays.stream(accepted)
                    .filter(place -> laneOf(events.get(place)) == lane)
                    .toArray())
        .toList();
  }

  private static int laneOf(LogEvent event) {
    return Math.floorMod(event.id().hashCode(), LANES);
  }

  private Flux<BulkBody> bodies(List<LogEvent> events, int[] lane) {
    return Flux.generate(
        () -> 0,
        (next, sink) -> {
          if (next == lane.length) {
            sink.complete();
            return next;
          }
          BulkBody body = bodies.take(expectedBytes(lane.length - next));
          int end = fill(body, events, lane, next);
          sink.next(body);
          return end;
        });
  }

  private Mono<Void> send(BulkBody body, Tally tally) {
    return bulks.write(body.lines(), tally, () -> bodies.giveBack(body));
  }

  private int expectedBytes(int events) {
    return (int) Math.min((long) events * EXPECTED_BYTES, settings.maxBulkBytes());
  }

  private int fill(BulkBody body, List<LogEvent> events, int[] accepted, int from) {
    int next = from;
    DayIndex day = null;
    String index = "";
    while (next < accepted.length) {
      int place = accepted[next];
      LogEvent event = events.get(place);
      if (day == null || !day.isOf(event)) {
        day = DayIndex.of(event);
        index = indices.name(day);
      }
      // One that does not fit is written twice, which is cheaper than to keep it.
      if (!body.create(place, index, event, settings.maxBulkBytes())) {
        break;
      }
      next++;
    }
    return next;
  }

  private AppendResult finished(Tally tally) {
    AppendResult result = tally.result();
    counters.stored.add(result.stored());
    counters.duplicates.add(result.duplicates());
    counters.rejected.add(result.rejected().size());
    return result;
  }

  private Mono<Long> remove(LogQuery query) {
    Tally tally = new Tally();
    return finder
        .refresh(query.dataset())
        .thenMany(finder.places(query))
        .concatMap(
            hits -> {
              if (hits.isEmpty()) {
                return Mono.empty();
              }
              BulkBody body = new BulkBody(hits.size() * EXPECTED_BYTES);
              for (int i = 0; i < hits.size(); i++) {
                body.delete(i, hits.get(i).index(), hits.get(i).id());
              }
              return bulks.write(body.lines(), tally, () -> {});
            },
            1)
        .then(Mono.defer(() -> finder.refresh(query.dataset())))
        .then(Mono.fromCallable(() -> (long) tally.result().stored()));
  }
}
