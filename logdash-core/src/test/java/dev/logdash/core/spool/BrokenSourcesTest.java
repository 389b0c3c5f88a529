package dev.logdash.core.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.tck.Breaks;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.LogSourceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;

/** Each source here breaks one promise, and the fact of that promise alone must notice. */
class BrokenSourcesTest {

  static Stream<Class<?>> variants() {
    return Arrays.stream(BrokenSourcesTest.class.getDeclaredClasses())
        .filter(type -> type.isAnnotationPresent(Breaks.class));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void failsTheFactOfItsPromiseAlone(Class<?> variant) {
    assertThat(ContractRun.of(variant).failed())
        .isEqualTo(Set.of(variant.getAnnotation(Breaks.class).value()));
  }

  @Test
  void breaksEachFact() {
    assertThat(variants().map(variant -> variant.getAnnotation(Breaks.class).value()))
        .hasSameElementsAs(ContractRun.facts(LogSourceContract.class));
  }

  @Tag("broken")
  abstract static class Variant extends SpoolSourceTest {
    int opened;
    LogSource source;

    @Override
    protected LogSource open() {
      source = super.open();
      opened++;
      return new LogSource() {
        @Override
        public Flux<Assignment> assignments() {
          return Variant.this.assignments();
        }

        @Override
        public Mono<Void> check() {
          return source.check();
        }

        @Override
        public void close() {
          beforeClose();
          source.close();
        }
      };
    }

    void beforeClose() {}

    Flux<Assignment> assignments() {
      return source.assignments().map(this::wrapped);
    }

    Assignment wrapped(Assignment lane) {
      return new Assignment() {
        @Override
        public PartitionId id() {
          return lane.id();
        }

        @Override
        public Flux<RecordBatch> read(long fromOffset) {
          return Variant.this.read(lane, fromOffset);
        }

        @Override
        public Mono<Long> end() {
          return lane.end();
        }

        @Override
        public Mono<Void> acknowledge(long nextOffset) {
          return Variant.this.acknowledge(lane, nextOffset);
        }
      };
    }

    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(from);
    }

    Mono<Void> acknowledge(Assignment lane, long next) {
      return lane.acknowledge(next);
    }
  }

  @Breaks("assignsEachPartitionOnce")
  static class Repeating extends Variant {
    @Override
    Flux<Assignment> assignments() {
      return super.assignments().flatMap(lane -> Flux.just(lane, lane));
    }
  }

  @Breaks("hasOneSubscriberOfItsAssignmentsAtATime")
  static class ManySubscribers extends Variant {
    @Override
    Flux<Assignment> assignments() {
      return super.assignments().onErrorResume(error -> Flux.never());
    }
  }

  @Breaks("handsOutRecordsInOrderWithRisingOffsets")
  static class Reversing extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(from)
          .map(
              batch -> {
                List<RawRecord> records = new ArrayList<>(batch.records());
                if (records.size() > 25) {
                  Collections.reverse(records);
                }
                return new RecordBatch(records, batch.nextOffset(), batch.boundNanos());
              });
    }
  }

  @Breaks("handsOutWhatComesLater")
  static class Deaf extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(from)
          .filter(
              batch ->
                  batch.records().size() != 2
                      || batch.records().get(0).text().endsWith("0")
                      || !batch.records().get(1).text().endsWith("2"));
    }
  }

  @Breaks("redeliversWithTheSameOffsetsOriginsAndTimes")
  static class NewOrigins extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(from)
          .map(
              batch ->
                  new RecordBatch(
                      batch.records().stream().map(this::renewed).toList(),
                      batch.nextOffset(),
                      batch.boundNanos()));
    }

    private RawRecord renewed(RawRecord record) {
      return new RawRecord(
          new Origin(record.origin().producer(), opened, record.origin().seq()),
          record.offset(),
          record.receivedNanos(),
          record.dataset(),
          record.source(),
          record.headers(),
          record.array(),
          record.start(),
          record.length());
    }

    @Override
    protected LogSource open() {
      opened += 10;
      return super.open();
    }
  }

  @Breaks("returnsWhatIsNotAcknowledgedAfterARestart")
  static class AcknowledgingTooMuch extends Variant {
    @Override
    Mono<Void> acknowledge(Assignment lane, long next) {
      return lane.acknowledge(next + 1);
    }
  }

  @Breaks("doesNotReturnWhatIsAcknowledged")
  static class AcknowledgingTooLittle extends Variant {
    @Override
    Mono<Void> acknowledge(Assignment lane, long next) {
      return lane.acknowledge(next - 1);
    }
  }

  @Breaks("anAcknowledgementNeverMovesBack")
  static class LastAcknowledgementWins extends Variant {
    private final Map<PartitionId, Runnable> last = new HashMap<>();

    @Override
    Mono<Void> acknowledge(Assignment lane, long next) {
      return Mono.fromRunnable(() -> last.put(lane.id(), () -> lane.acknowledge(next).subscribe()));
    }

    @Override
    void beforeClose() {
      last.values().forEach(Runnable::run);
      last.clear();
      elapse(Duration.ofMillis(1));
    }
  }

  @Breaks("anAcknowledgementThatNobodySubscribedToHasNotHappened")
  static class EagerAcknowledgement extends Variant {
    @Override
    Mono<Void> acknowledge(Assignment lane, long next) {
      Mono<Void> done = lane.acknowledge(next).cache();
      done.subscribe();
      return done;
    }
  }

  @Breaks("handsOutNoMoreBatchesThanAskedFor")
  static class Pushing extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return new FluxOperator<>(lane.read(from)) {
        @Override
        public void subscribe(CoreSubscriber<? super RecordBatch> actual) {
          source.subscribe(new Push(actual));
        }
      };
    }

    private record Push(CoreSubscriber<? super RecordBatch> actual)
        implements CoreSubscriber<RecordBatch> {
      @Override
      public void onSubscribe(Subscription subscription) {
        actual.onSubscribe(subscription);
        subscription.request(Long.MAX_VALUE);
      }

      @Override
      public void onNext(RecordBatch batch) {
        actual.onNext(batch);
      }

      @Override
      public void onError(Throwable error) {
        actual.onError(error);
      }

      @Override
      public void onComplete() {
        actual.onComplete();
      }
    }
  }

  @Breaks("startsAtTheOffsetThatIsAskedFor")
  static class FromTheBeginning extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(0);
    }
  }

  @Breaks("aPartitionHasOneReaderAtATime")
  static class ManyReaders extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(from).onErrorResume(error -> Flux.never());
    }
  }

  @Breaks("aCancelledReaderMakesRoomForTheNext")
  static class Leaking extends Variant {
    private int readers;

    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      // Two lanes are read to find the one that matters.
      readers++;
      return readers > 4
          ? Flux.error(new IllegalStateException("too many readers"))
          : lane.read(from);
    }

    @Override
    protected LogSource open() {
      readers = 0;
      return super.open();
    }
  }

  @Breaks("noRecordWasReceivedBeforeTheBoundOfAnEarlierBatch")
  static class BoundsAhead extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(from)
          .map(
              batch ->
                  new RecordBatch(
                      batch.records(),
                      batch.nextOffset(),
                      batch.boundNanos() + Duration.ofHours(1).toNanos()));
    }
  }

  @Breaks("tellsAnIdleReaderThatTimePasses")
  static class Silent extends Variant {
    @Override
    Flux<RecordBatch> read(Assignment lane, long from) {
      return lane.read(from).filter(batch -> !batch.records().isEmpty());
    }
  }

  @Breaks("closingCompletesEverything")
  static class NeverEnding extends Variant {
    @Override
    Flux<Assignment> assignments() {
      return super.assignments().concatWith(Mono.never());
    }
  }
}
