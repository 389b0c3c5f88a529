package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Hands the lanes to the one consumer of the spool. */
final class SpoolSource implements LogSource {

  private final LaneContext context;
  private final String consumer;
  private final List<Assignment> assignments;
  private final Scheduler scheduler;
  private final Sinks.Empty<Assignment> end = Sinks.empty();
  private final AtomicBoolean assigned = new AtomicBoolean();
  private final Set<LaneReader> readers = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  SpoolSource(LaneContext context, String consumer, List<LaneTail> tails, Scheduler scheduler) {
    this.context = context;
    this.consumer = consumer;
    this.scheduler = scheduler;
    this.assignments = tails.stream().map(tail -> (Assignment) new LaneAssignment(tail)).toList();
  }

  @Override
  public Flux<Assignment> assignments() {
    return Flux.defer(
        () -> {
          if (!assigned.compareAndSet(false, true)) {
            return Flux.error(
                new IllegalStateException("The assignments have a subscriber already"));
          }
          return Flux.defer(this::recordConsumer)
              .concatWith(end.asMono())
              .doFinally(signal -> assigned.set(false));
        });
  }

  @Override
  public Mono<Void> check() {
    return Mono.fromRunnable(
        () -> {
          if (closed) {
            throw closedError();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    readers.forEach(LaneReader::complete);
    end.tryEmitEmpty();
  }

  private Publisher<Assignment> recordConsumer() {
    if (closed) {
      return Flux.empty();
    }
    try {
      if (!context.meta().current().consumer().equals(consumer)) {
        context.meta().change(meta -> meta.withConsumer(consumer));
      }
      return Flux.fromIterable(assignments);
    } catch (IOException e) {
      return Flux.error(SpoolErrors.translate(e));
    }
  }

  private static BackendException closedError() {
    return new BackendException.Unavailable("The source is closed", null);
  }

  private final class LaneAssignment implements Assignment {

    private final LaneTail tail;
    private final AtomicBoolean reading = new AtomicBoolean();

    LaneAssignment(LaneTail tail) {
      this.tail = tail;
    }

    @Override
    public PartitionId id() {
      return tail.id();
    }

    @Override
    public Flux<RecordBatch> read(long fromOffset) {
      return new Flux<>() {
        @Override
        public void subscribe(CoreSubscriber<? super RecordBatch> subscriber) {
          start(Math.max(fromOffset, tail.acked()), subscriber);
        }
      };
    }

    @Override
    public Mono<Long> end() {
      return Mono.fromSupplier(tail::end);
    }

    @Override
    public Mono<Void> acknowledge(long nextOffset) {
      return Mono.<Void>fromCallable(
              () -> {
                try {
                  tail.acknowledge(nextOffset);
                } catch (IOException e) {
                  throw SpoolErrors.unavailable(e);
                }
                return null;
              })
          .subscribeOn(scheduler);
    }

    private void start(long from, CoreSubscriber<? super RecordBatch> subscriber) {
      if (!reading.compareAndSet(false, true)) {
        Operators.error(
            subscriber, new IllegalStateException("The partition is being read: " + id()));
        return;
      }
      LaneReader[] self = new LaneReader[1];
      LaneReader reader =
          new LaneReader(
              tail,
              from,
              subscriber,
              scheduler,
              () -> {
                readers.remove(self[0]);
                reading.set(false);
              });
      self[0] = reader;
      readers.add(reader);
      subscriber.onSubscribe(reader);
      if (closed) {
        reader.complete();
      }
    }
  }
}
