package dev.logdash.api.store;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Keeps log events. Finding them is the business of {@link LogSearch}.
 *
 * <p>Nothing happens until the returned publisher is subscribed. Failures reach the subscriber as a
 * {@link dev.logdash.api.error.BackendException}. Implementations are safe for use by many threads
 * and pass {@code LogStoreContract}.
 */
public interface LogStore extends AutoCloseable {

  /**
   * Takes a batch in. Of two events with one id the first stays, so a batch may be sent again after
   * a failure. Events become findable within a second; they survive a crash only after {@link
   * #flush}. Batches of one partition come one after the other; those of several may overlap.
   *
   * <p>Events the store can never take do not fail the batch; they come back in {@link
   * AppendResult#rejected()}.
   */
  Mono<AppendResult> append(EventBatch batch);

  /** Makes all that was appended before this call survive a crash of the process or the machine. */
  Mono<Void> flush();

  /**
   * Drops the days that a policy no longer allows.
   *
   * @return the names of the indices dropped, the oldest first
   */
  Mono<List<String>> retain(Retention policy);

  /**
   * Removes the events of a query for ever, durable when it completes; its order, limit and page do
   * not matter.
   *
   * @return how many were removed
   */
  Mono<Long> delete(LogQuery query);

  /**
   * Completes if the store can serve now, as cheaply as it can tell; fails with the reason if not.
   */
  Mono<Void> check();

  /**
   * Releases what this store opened itself. What was appended stays as safe as it was. Idempotent.
   */
  @Override
  void close();
}
