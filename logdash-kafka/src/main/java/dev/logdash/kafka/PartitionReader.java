package dev.logdash.kafka;

import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.RecordBatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One subscriber of one partition. Handing out is for the poll thread alone; asking and cancelling
 * are for any thread.
 */
final class PartitionReader implements Subscription {

  private static final long IDLE_NANOS = 250_000_000L;
  // A record is on its way for some time, and not always for the same.
  private static final long MARGIN_NANOS = 1_000_000_000L;

  private final CoreSubscriber<? super RecordBatch> subscriber;
  private final Runnable changed;
  private final Runnable released;
  private final AtomicLong demand = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  final long from;
  private long bound = Long.MIN_VALUE;
  private long received = Long.MIN_VALUE;
  private long arrivedAt;
  private long toldAt;
  private long next = -1;

  PartitionReader(
      long from,
      CoreSubscriber<? super RecordBatch> subscriber,
      Runnable changed,
      Runnable released) {
    this.from = from;
    this.subscriber = subscriber;
    this.changed = changed;
    this.released = released;
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      demand.accumulateAndGet(n, Operators::addCap);
      changed.run();
    }
  }

  @Override
  public void cancel() {
    if (ended.compareAndSet(false, true)) {
      released.run();
      changed.run();
    }
  }

  boolean isEnded() {
    return ended.get();
  }

  boolean wantsMore() {
    return !ended.get() && demand.get() > 0;
  }

  void emit(List<RawRecord> records, long nextOffset) {
    long now = System.nanoTime();
    for (RawRecord record : records) {
      received = Math.max(received, record.receivedNanos());
    }
    arrivedAt = now;
    emit(records, nextOffset, now);
  }

  /** Tells, now and then, that nothing comes. */
  void idle(long nextOffset) {
    long now = System.nanoTime();
    if (!wantsMore() || now - toldAt < IDLE_NANOS) {
      return;
    }
    long reached = received == Long.MIN_VALUE ? bound : received + (now - arrivedAt) - MARGIN_NANOS;
    if (reached > bound || (next >= 0 && nextOffset > next)) {
      bound = Math.max(bound, reached);
      emit(List.of(), nextOffset, now);
    }
  }

  void complete() {
    if (ended.compareAndSet(false, true)) {
      released.run();
      subscriber.onComplete();
    }
  }

  private void emit(List<RawRecord> records, long nextOffset, long now) {
    toldAt = now;
    next = nextOffset;
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    subscriber.onNext(new RecordBatch(records, nextOffset, bound));
  }
}
