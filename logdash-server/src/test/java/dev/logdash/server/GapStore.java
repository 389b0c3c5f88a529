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

/** The search store, with its gaps. */
final class GapStore implements LogStore, LogSearch {

  private final LuceneLogStore store;
  private final GapWatch watch;
  private final Fault fault;
  private final GapSource source;

  GapStore(LuceneLogStore store, GapWatch watch, Fault fault, GapSource source) {
    this.store = store;
    this.watch = watch;
    this.fault = fault;
    this.source = source;
  }

  @Override
  public Mono<AppendResult> append(EventBatch batch) {
    Mono<AppendResult> appended = store.append(batch);
    if (fault == Fault.ACKNOWLEDGE_BEFORE_FLUSH) {
      appended = appended.delayUntil(result -> source.acknowledgeRead());
    }
    return appended.doOnNext(result -> watch.pass(Gap.STORE_APPENDED));
  }

  @Override
  public Mono<Void> flush() {
    return fault == Fault.SNAPSHOT_BEFORE_FLUSH ? Mono.empty() : flushNow();
  }

  Mono<Void> flushNow() {
    return watch
        .during(Gap.STORE_FLUSHING, store.flush())
        .then(Mono.fromRunnable(() -> watch.pass(Gap.STORE_FLUSHED)));
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
