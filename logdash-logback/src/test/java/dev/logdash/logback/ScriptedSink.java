package dev.logdash.logback;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.decode.EventDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Keeps what it takes, and answers as the test wants. */
final class ScriptedSink implements LogSink {

  static final Mono<SinkAck> TAKE = Mono.empty();

  private final List<Submission> taken = new CopyOnWriteArrayList<>();
  private volatile Function<List<Submission>, Mono<SinkAck>> script = batch -> TAKE;

  static Mono<SinkAck> full() {
    return Mono.error(new BackendException.Overloaded("full", null));
  }

  static Mono<SinkAck> down() {
    return Mono.error(new BackendException.Unavailable("down", null));
  }

  /** {@link #TAKE} accepts the batch; another answer is given as it is and nothing is taken. */
  void script(Function<List<Submission>, Mono<SinkAck>> value) {
    script = value;
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    return Mono.defer(
        () -> {
          Mono<SinkAck> answer = script.apply(batch);
          return answer == TAKE ? accept(batch, List.of()) : answer;
        });
  }

  Mono<SinkAck> accept(List<Submission> batch, List<SinkAck.Rejected> rejected) {
    List<Submission> kept = new ArrayList<>(batch);
    for (int i = rejected.size() - 1; i >= 0; i--) {
      kept.remove(rejected.get(i).index());
    }
    taken.addAll(kept);
    return Mono.just(new SinkAck(AckLevel.SPOOLED, kept.size(), rejected));
  }

  @Override
  public Mono<Void> check() {
    return Mono.empty();
  }

  @Override
  public void close() {}

  List<Submission> submissions() {
    return List.copyOf(taken);
  }

  /** What the road makes of the records. */
  List<LogEvent> events() {
    return eventsAt(Instant.EPOCH);
  }

  List<LogEvent> eventsAt(Instant received) {
    EventDecoder decoder = new EventDecoder();
    List<LogEvent> events = new ArrayList<>();
    for (Submission record : taken) {
      byte[] body = record.body();
      events.add(
          decoder.decode(
              new RawRecord(
                  Origin.ofProducer(1, 0, events.size()),
                  events.size(),
                  received.getEpochSecond() * 1_000_000_000L,
                  record.dataset(),
                  record.source(),
                  record.headers(),
                  body,
                  0,
                  body.length)));
    }
    return events;
  }

  List<String> messages() {
    return events().stream().map(LogEvent::message).toList();
  }
}
