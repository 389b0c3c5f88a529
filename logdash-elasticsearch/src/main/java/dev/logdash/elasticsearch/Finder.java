package dev.logdash.elasticsearch;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Asks the indices of a dataset. Pages are found by the sort keys of the last event and not by a
 * point in time: the order is total and the keys of an event never change, so nothing comes twice,
 * and nothing stays open on the server.
 */
final class Finder {

  // Bounds the memory of one answer; larger pages take several requests.
  private static final int MAX_HITS = 1_000;
  private static final int READ_RETRIES = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  // The names of indices and nothing that would ask for others.
  private static final Pattern DATASET = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Map<String, String> LENIENT =
      Map.of("ignore_unavailable", "true", "allow_no_indices", "true");
  private static final Map<String, String> COMPLETE =
      Map.of(
          "ignore_unavailable",
          "true",
          "allow_no_indices",
          "true",
          "allow_partial_search_results",
          "false");

  private final Transport transport;
  private final Indices indices;
  private final Counters counters;

  Finder(Transport transport, Indices indices, Counters counters) {
    this.transport = transport;
    this.indices = indices;
    this.counters = counters;
  }

  /**
   * Where an event is.
   *
   * @param sort its keys of the order
   * @param source of its document; empty if it was not asked for
   */
  record Hit(String index, String id, List<Object> sort, Answer source) {

    LogEvent event() {
      return EventSource.read(id, source);
    }
  }

  Mono<Page> page(LogQuery query) {
    StoreQuery asked = StoreQuery.of(query);
    int wanted = query.limit() + 1;
    int size = asked.exact() ? Math.min(wanted, MAX_HITS) : MAX_HITS;
    return hits(query, asked, StoreQuery.behind(query.after(), query.order()), size, true)
        .concatMapIterable(hits -> events(asked, hits), 1)
        .take(wanted)
        .collectList()
        .map(
            found ->
                found.size() == wanted
                    ? new Page(found.subList(0, query.limit()), true)
                    : new Page(found, false));
  }

  Mono<Long> count(LogQuery query) {
    return count(query, StoreQuery.of(query));
  }

  /** How many of the events of a query are asked for. */
  Mono<Long> count(LogQuery query, StoreQuery asked) {
    if (!asked.exact()) {
      return events(query, asked).count();
    }
    return ask(query.dataset(), "_count", LENIENT, Map.of("query", asked.body()))
        .map(answer -> answer.at("count").number());
  }

  /** Those of the events of a query that are asked for, read one by one. */
  Flux<LogEvent> events(LogQuery query, StoreQuery asked) {
    return hits(query, asked, null, MAX_HITS, true)
        .doOnNext(hits -> counters.scanned.add(hits.size()))
        .concatMapIterable(hits -> events(asked, hits), 1);
  }

  /** Where all events of a query are, in parts. */
  Flux<List<Hit>> places(LogQuery query) {
    StoreQuery asked = StoreQuery.of(query);
    return hits(query, asked, null, MAX_HITS, !asked.exact())
        .map(
            hits ->
                asked.exact()
                    ? hits
                    : hits.stream().filter(hit -> asked.test().test(hit.event())).toList());
  }

  /** One part after the other of the answer of an aggregation that has several. */
  Flux<Answer> parts(LogQuery query, Function<Answer, @Nullable Map<String, Object>> next) {
    return Mono.justOrEmpty(next.apply(Answer.NONE))
        .flatMap(first -> ask(query.dataset(), "_search", COMPLETE, first))
        .expand(
            answer ->
                Mono.justOrEmpty(next.apply(answer))
                    .flatMap(body -> ask(query.dataset(), "_search", COMPLETE, body)));
  }

  /** Makes what was written before findable. */
  Mono<Void> refresh(String dataset) {
    return ask(dataset, "_refresh", LENIENT, null).then();
  }

  private static List<LogEvent> events(StoreQuery asked, List<Hit> hits) {
    return hits.stream()
        .map(Hit::event)
        .filter(event -> asked.exact() || asked.test().test(event))
        .toList();
  }

  private Flux<List<Hit>> hits(
      LogQuery query,
      StoreQuery asked,
      @Nullable List<Object> after,
      int size,
      boolean withEvents) {
    return hitsBehind(query, asked, after, size, withEvents)
        .expand(
            hits ->
                hits.size() < size
                    ? Mono.empty()
                    : hitsBehind(query, asked, hits.get(hits.size() - 1).sort(), size, withEvents));
  }

  private Mono<List<Hit>> hitsBehind(
      LogQuery query,
      StoreQuery asked,
      @Nullable List<Object> after,
      int size,
      boolean withEvents) {
    return ask(
            query.dataset(),
            "_search",
            COMPLETE,
            asked.page(query.order(), size, after, withEvents))
        .map(
            answer ->
                answer.at("hits", "hits").elements().stream()
                    .map(
                        hit ->
                            new Hit(
                                hit.at("_index").text(),
                                hit.at("_id").text(),
                                hit.at("sort").raw(),
                                hit.at("_source")))
                    .toList());
  }

  private Mono<Answer> ask(
      String dataset,
      String what,
      Map<String, String> parameters,
      @Nullable Map<String, Object> body) {
    if (!DATASET.matcher(dataset).matches()) {
      return Mono.just(Answer.NONE);
    }
    return transport
        .json("POST", "/" + indices.pattern(dataset) + "/" + what, parameters, body)
        .doOnNext(
            answer -> {
              if (answer.at("timed_out").flag()) {
                throw new BackendException.Unavailable("the search took too long", null);
              }
            })
        // An index that another process just makes has no shard to ask for a moment.
        .retryWhen(
            Retry.backoff(READ_RETRIES, FIRST_WAIT)
                .maxBackoff(LONGEST_WAIT)
                .scheduler(transport.workers())
                .filter(
                    failure ->
                        failure instanceof HttpFailure && ElasticsearchErrors.isPassing(failure))
                .onRetryExhaustedThrow((specification, signal) -> signal.failure()));
  }
}
