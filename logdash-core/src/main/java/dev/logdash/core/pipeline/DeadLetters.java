package dev.logdash.core.pipeline;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.Submission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Mono;

/**
 * Keeps what could not be understood or stored: the bytes as they were spooled, with the reason. A
 * dead letter carries the position of its record, so that a replay writes none twice.
 */
public final class DeadLetters {

  private static final int MAX_MESSAGE = 512;

  private final LogSink sink;
  private final ToLongFunction<String> position;
  private final AckLevel level;

  /**
   * @param position how far a key has come in the sink, or -1; a sink that cannot tell gives -1,
   *     and may then hold a dead letter twice after a crash, under the same id
   * @param level how safe a dead letter is before its record is acknowledged
   */
  public DeadLetters(LogSink sink, ToLongFunction<String> position, AckLevel level) {
    this.sink = Objects.requireNonNull(sink, "sink");
    this.position = Objects.requireNonNull(position, "position");
    this.level = Objects.requireNonNull(level, "level");
  }

  /**
   * A record on its way to the dead letters.
   *
   * @param message what happened, for people
   */
  public record Letter(RawRecord record, DeadLetterReason reason, String message) {}

  /** Writes letters in the order of their records; durable when it completes. */
  public Mono<Void> write(PartitionId partition, List<Letter> letters) {
    if (letters.isEmpty()) {
      return Mono.empty();
    }
    return Mono.defer(
        () -> {
          String key = "dead-letters/" + partition;
          long done = position.applyAsLong(key);
          List<Submission> batch = new ArrayList<>(letters.size());
          for (Letter letter : letters) {
            if (letter.record().offset() >= done) {
              batch.add(submission(partition, key, letter));
            }
          }
          return sink.append(batch, level)
              .doOnNext(
                  ack -> {
                    if (!ack.rejected().isEmpty()) {
                      throw new IllegalStateException(
                          "the dead letters refuse a record: " + ack.rejected().get(0).reason());
                    }
                    if (ack.level().compareTo(level) < 0) {
                      throw new BackendException.Unavailable(
                          "the dead letters are only " + ack.level() + ", not " + level, null);
                    }
                  })
              .then();
        });
  }

  private static Submission submission(PartitionId partition, String key, Letter letter) {
    RawRecord record = letter.record();
    Map<String, String> headers = new HashMap<>(record.headers());
    String message = letter.message();
    headers.put(Headers.EVENT_ID, record.eventId());
    headers.put(Headers.DEAD_LETTER_REASON, letter.reason().name());
    headers.put(
        Headers.DEAD_LETTER_MESSAGE,
        message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message);
    headers.put(Headers.DEAD_LETTER_ORIGIN, partition + "/" + record.offset());
    byte[] body =
        Arrays.copyOfRange(record.array(), record.start(), record.start() + record.length());
    // The source names the partition, so that all letters of a partition stay in one lane and in
    // order; where the line came from is in the headers.
    headers.put(Headers.SOURCE, record.source());
    return Submission.of(body, key)
        .withDataset(record.dataset())
        .withHeaders(headers)
        .withPosition(new SourcePosition(key, record.offset() + 1));
  }
}
