package dev.logdash.core.memory;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Retention;
import dev.logdash.api.store.Table;
import dev.logdash.tck.MutableClock;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** A store that does its work right, to be broken in one place by a subclass. */
class DelegatingLogStore implements LogStore, LogSearch {

  final InMemoryLogStore inner = new InMemoryLogStore(MutableClock.atNoon());

  /** What the store is after a crash. */
  DelegatingLogStore afterCrash() {
    return this;
  }

  @Override
  public Mono<AppendResult> append(EventBatch batch) {
    return inner.append(batch);
  }

  @Override
  public Mono<Void> flush() {
    return inner.flush();
  }

  @Override
  public Mono<List<String>> retain(Retention policy) {
    return inner.retain(policy);
  }

  @Override
  public Mono<Long> delete(LogQuery query) {
    return inner.delete(query);
  }

  @Override
  public Mono<Void> check() {
    return inner.check();
  }

  @Override
  public Mono<Page> search(LogQuery query) {
    return inner.search(query);
  }

  @Override
  public Mono<Long> count(LogQuery query) {
    return inner.count(query);
  }

  @Override
  public Mono<Table> aggregate(Aggregation aggregation) {
    return inner.aggregate(aggregation);
  }

  @Override
  public void close() {
    inner.close();
  }

  static EventBatch withEvents(EventBatch batch, List<LogEvent> events) {
    return new EventBatch(
        batch.partition(), batch.firstOffset(), batch.lastOffset(), batch.resendable(), events);
  }

  static EventBatch mapEvents(EventBatch batch, UnaryOperator<LogEvent> change) {
    return withEvents(batch, batch.events().stream().map(change).toList());
  }

  static LogEvent withId(LogEvent event, String id) {
    return LogEvent.builder(id)
        .dataset(event.dataset())
        .timestampNanos(event.timestampNanos())
        .observedNanos(event.observedNanos())
        .producer(event.producer())
        .seq(event.seq())
        .severity(event.severity())
        .severityText(event.severityText())
        .service(event.service())
        .source(event.source())
        .message(event.message())
        .attributes(event.attributes())
        .build();
  }

  /** Replaces the leaves of a filter. */
  static Filter rewrite(Filter filter, UnaryOperator<Filter> leaf) {
    if (filter instanceof Filter.And and) {
      return new Filter.And(and.filters().stream().map(part -> rewrite(part, leaf)).toList());
    }
    if (filter instanceof Filter.Or or) {
      return new Filter.Or(or.filters().stream().map(part -> rewrite(part, leaf)).toList());
    }
    if (filter instanceof Filter.Not not) {
      return leaf.apply(new Filter.Not(rewrite(not.filter(), leaf)));
    }
    return leaf.apply(filter);
  }
}
