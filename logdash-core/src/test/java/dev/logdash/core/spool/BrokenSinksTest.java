package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.tck.Breaks;
import dev.logdash.tck.ContractRun;
import dev.logdash.tck.LogSinkContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Each sink here breaks one promise, and the fact of that promise alone must notice. */
class BrokenSinksTest {

  static Stream<Class<?>> variants() {
    return Arrays.stream(BrokenSinksTest.class.getDeclaredClasses())
        .filter(type -> type.isAnnotationPresent(Breaks.class));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void failsTheFactOfItsPromiseAlone(Class<?> variant) {
    assertThat(ContractRun.of(variant).failed())
        .isEqualTo(Set.of(variant.getAnnotation(Breaks.class).value()));
  }

  private static RawRecord stamped(RawRecord record, Origin origin, long received) {
    return new RawRecord(
        origin,
        record.offset(),
        received,
        record.dataset(),
        record.source(),
        record.headers(),
        record.array(),
        record.start(),
        record.length());
  }

  @Test
  void breaksEachFact() {
    assertThat(variants().map(variant -> variant.getAnnotation(Breaks.class).value()))
        .hasSameElementsAs(ContractRun.facts(LogSinkContract.class));
  }

  @Tag("broken")
  abstract static class Variant extends SpoolSinkTest implements LogSink {
    LogSink sink;

    @Override
    protected LogSink open() {
      sink = super.open();
      return this;
    }

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return sink.append(batch, level);
    }

    @Override
    public Mono<Void> check() {
      return sink.check();
    }

    @Override
    public void close() {
      sink.close();
    }
  }

  @Breaks("keepsTheOrderOfASource")
  static class Reversing extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      List<Submission> reversed = new ArrayList<>(batch);
      if (batch.size() > 3) {
        Collections.reverse(reversed);
      }
      return sink.append(reversed, level);
    }
  }

  @Breaks("givesEachRecordAnIdOfItsOwn")
  static class OneIdForAll extends Variant {
    @Override
    protected List<RawRecord> accepted() {
      return super.accepted().stream()
          .map(record -> stamped(record, Origin.ofProducer(1, 1, 1), record.receivedNanos()))
          .toList();
    }
  }

  @Breaks("keepsTheBytesOfARecord")
  static class TextOnly extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return sink.append(
          batch.stream()
              .map(each -> each.withBody(new String(each.body(), UTF_8).getBytes(UTF_8)))
              .toList(),
          level);
    }
  }

  @Breaks("keepsDatasetAndHeadersOfARecord")
  static class BodyOnly extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return sink.append(
          batch.stream().map(each -> Submission.of(each.body(), each.source())).toList(), level);
    }
  }

  @Breaks("stampsEachRecordWithTheTime")
  static class Timeless extends Variant {
    @Override
    protected List<RawRecord> accepted() {
      return super.accepted().stream().map(record -> stamped(record, record.origin(), 0)).toList();
    }
  }

  @Breaks("stampsTheRecordsOfABatchAndASourceWithOneTime")
  static class StampingOneByOne extends Variant {
    @Override
    protected List<RawRecord> accepted() {
      return super.accepted().stream()
          .map(record -> stamped(record, record.origin(), record.receivedNanos() + record.offset()))
          .toList();
    }
  }

  @Breaks("doesNothingBeforeSubscription")
  static class Eager extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      Mono<SinkAck> ack = sink.append(batch, level).cache();
      ack.subscribe(done -> {}, error -> {});
      return ack;
    }
  }

  @Breaks("reachesTheLevelThatWasAskedFor")
  static class Boastful extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return sink.append(batch, level)
          .map(ack -> new SinkAck(AckLevel.ACCEPTED, ack.accepted(), ack.rejected()));
    }
  }

  @Breaks("refusesALevelItCannotReachAtOnce")
  static class LateRefusal extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return Mono.defer(() -> sink.append(batch, level));
    }
  }

  @Breaks("takesAnEmptyBatch")
  static class NeverEmpty extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      Mono<SinkAck> ack = sink.append(batch, level);
      return batch.isEmpty() ? Mono.error(new IllegalArgumentException("empty")) : ack;
    }
  }

  @Breaks("handsBackARecordThatIsTooLargeAndTakesTheRest")
  static class SilentlyDropping extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return sink.append(batch, level)
          .map(ack -> new SinkAck(ack.level(), ack.accepted(), List.of()));
    }
  }

  @Breaks("takesNothingOfABatchThatItHasNoRoomFor")
  static class TakingAPart extends Variant {
    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return sink.append(batch, level)
          .onErrorResume(
              BackendException.Overloaded.class,
              full -> sink.append(batch.subList(0, 1), level).then(Mono.error(full)));
    }
  }

  @Breaks("takesTheBatchesOfManyThreads")
  static class ForOneThread extends Variant {
    private final Thread owner = Thread.currentThread();

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return Thread.currentThread() == owner
          ? sink.append(batch, level)
          : Mono.just(new SinkAck(level, batch.size(), List.of()));
    }
  }

  @Breaks("checksWellWhileItCanAccept")
  static class AlwaysIll extends Variant {
    @Override
    public Mono<Void> check() {
      return Mono.error(new BackendException.Unavailable("ill", null));
    }
  }

  @Breaks("acceptsNothingOnceItIsClosed")
  static class OpenForEver extends Variant {
    @Override
    public void close() {
      assertThat(sink).isNotNull();
    }
  }

  @Breaks("closesMoreThanOnce")
  static class ClosedOnce extends Variant {
    private boolean used;
    private boolean closed;

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel level) {
      return sink.append(batch, level).doOnNext(ack -> used = true);
    }

    @Override
    public void close() {
      if (used && closed) {
        throw new IllegalStateException("closed already");
      }
      closed = true;
      sink.close();
    }
  }
}
