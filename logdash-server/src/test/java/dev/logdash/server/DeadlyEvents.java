package dev.logdash.server;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.AppendResult;
import dev.logdash.api.store.EventBatch;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.LogStore;
import dev.logdash.api.store.Page;
import dev.logdash.api.store.Retention;
import dev.logdash.api.store.Table;
import dev.logdash.embedded.LuceneLogStore;
import java.util.List;
import reactor.core.publisher.Mono;

/** The search store, with a kill switch at each of its gaps. */
final class DeadlyEvents implements LogStore, LogSearch {

  private final LuceneLogStore store;
  private final DeadlySteps steps;
  private final Fault fault;

  DeadlyEvents(LuceneLogStore store, DeadlySteps steps, Fault fault) {
    this.store = store;
    this.steps = steps;
    this.fault = fault;
  }

  @Override
  public Mono<AppendResult> append(EventBatch batch) {
    return store.append(batch).doOnNext(result -> steps.pass(Gap.STORE_APPENDED));
  }

  @Override
  public Mono<Void> flush() {
    return fault == Fault.EARLY_ACKNOWLEDGE ? Mono.empty() : flushNow();
  }

  Mono<Void> flushNow() {
    return steps
        .during(Gap.STORE_FLUSHING, store.flush())
        .then(Mono.fromRunnable(() -> steps.pass(Gap.STORE_FLUSHED)));
  }

  @Override
  public Mono<List<String>> retain(Retention policy) {
    return store.retain(policy);
  }

  @Override
  public Mono<Long> delete(LogQuery query) {
    return store.delete(query);
  }

  @Override
  public Mono<Page> search(LogQuery query) {
    return store.search(query);
  }

  @Override
  public Mono<Long> count(LogQuery query) {
    return store.count(query);
  }

  @Override
  public Mono<Table> aggregate(Aggregation aggregation) {
    return store.aggregate(aggregation);
  }

  @Override
  public Mono<Void> check() {
    return store.check();
  }

  @Override
  public void close() {
    store.close();
  }
}
