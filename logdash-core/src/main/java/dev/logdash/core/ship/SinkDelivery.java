package dev.logdash.core.ship;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Hands the records of a lane to a sink, each with the identity it has in the lane.
 *
 * <p>A sink that has taken records and could not make them safe does not say what later becomes of
 * each: a broker that comes back may refuse one of them for ever. So they are handed to it again
 * once it is done with the first copies; a reader knows a second copy by its identity.
 */
final class SinkDelivery implements RecordDelivery {

  private static final Pattern NANOS = Pattern.compile("\\d{1,18}");

  private final LogSink target;
  private final AckLevel level;
  private boolean copiesUnderWay;

  SinkDelivery(LogSink target, AckLevel level) {
    this.target = target;
    this.level = level;
  }

  @Override
  public Mono<Answer> deliver(String producer, List<RawRecord> records) {
    return Mono.defer(
        () ->
            copiesUnderWay
                ? target
                    .append(List.of(), level)
                    .doOnNext(ack -> copiesUnderWay = false)
                    .then(append(records))
                : append(records));
  }

  private Mono<Answer> append(List<RawRecord> records) {
    return Mono.defer(
            () -> target.append(records.stream().map(SinkDelivery::submission).toList(), level))
        .map(
            ack -> {
              if (ack.level().compareTo(level) < 0) {
                copiesUnderWay = true;
                throw new BackendException.Unavailable(
                    "Records were taken and are not " + level + " yet", null);
              }
              return new Answer(ack.accepted(), refused(ack));
            });
  }

  private static List<Answer.Refused> refused(SinkAck ack) {
    return ack.rejected().stream()
        .map(each -> new Answer.Refused(each.index(), each.reason()))
        .toList();
  }

  private static Submission submission(RawRecord record) {
    Map<String, String> headers = new HashMap<>(record.headers());
    if (!record.origin().isForeign()) {
      headers.put(Headers.ORIGIN, record.origin().toText());
      // The time at which it was first accepted stays, if another process did that.
      String first = headers.getOrDefault(Headers.RECEIVED, "");
      if (!NANOS.matcher(first).matches() && record.receivedNanos() >= 0) {
        headers.put(Headers.RECEIVED, Long.toString(record.receivedNanos()));
      }
    }
    byte[] body =
        Arrays.copyOfRange(record.array(), record.start(), record.start() + record.length());
    return Submission.of(body, record.source()).withDataset(record.dataset()).withHeaders(headers);
  }
}
