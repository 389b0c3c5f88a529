package dev.logdash.api.ingest;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Accepts records. Nothing happens until the returned publisher is subscribed. Safe for use by many
 * threads; passes {@code LogSinkContract}.
 */
public interface LogSink extends AutoCloseable {

  /**
   * Takes a batch in and completes when the level is reached. Each accepted record gets an origin
   * of its own and a time; records of one batch and one source keep their order and get the same
   * time, so that no pause comes between lines that belong together. A batch is not atomic: after a
   * crash a prefix of it may be there. A record that can never be accepted (too large) does not
   * fail the batch; it comes back in {@link SinkAck#rejected()}.
   *
   * <p>An append that fails has taken nothing of the batch, so that it may be offered again without
   * doubling a record. Where records were taken and the level then proves out of reach, because the
   * disk or the broker fails, the append completes, and {@link SinkAck#level()} is the lower level
   * that was reached: whoever needs the level asks for it again with an empty batch, which
   * completes when all that was accepted before has reached it, or fails.
   *
   * <p>Nothing tells the sink that two submissions are the same. Whoever does not know whether a
   * batch was taken, because it died or a connection broke before the answer, and offers it again,
   * is at-least-once: unless it looks first how far the sink has its {@link
   * dev.logdash.api.event.SourcePosition}, as the reader of files does, or gives its events ids
   * under {@link dev.logdash.api.event.Headers#EVENT_ID}, which search stores once.
   *
   * <p>The subscriber never waits on a network. It waits on the disk only for {@link
   * AckLevel#SPOOLED} and above. A sink that is full fails with {@link
   * dev.logdash.api.error.BackendException.Overloaded}.
   *
   * @param batch may be empty
   * @param atLeast a level that the sink can reach; another fails with {@link
   *     IllegalArgumentException}, thrown at once
   */
  Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast);

  /** Completes if the sink can accept now; fails with the reason if not. Cheap. */
  Mono<Void> check();

  /** Makes what was accepted as safe as the sink can within its time limit. Idempotent. */
  @Override
  void close();
}
