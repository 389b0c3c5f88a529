package dev.logdash.core.ship;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Hands the records of a lane to a sink, each with the identity it has in the lane. What the sink
 * has taken and not yet made safe is not handed to it again: it is asked only how far it is.
 */
final class SinkDelivery implements RecordDelivery {

  private static final Pattern NANOS = Pattern.compile("\\d{1,18}");

  private final LogSink target;
  private final AckLevel level;
  // By offset, for records that the sink has been given and the lane still holds.
  private final NavigableMap<Long, String> refused = new TreeMap<>();
  private long taken;

  SinkDelivery(LogSink target, AckLevel level) {
    this.target = target;
    this.level = level;
  }

  @Override
  public Mono<Answer> deliver(String producer, List<RawRecord> records) {
    return Mono.defer(
        () -> {
          refused.headMap(records.get(0).offset()).clear();
          List<RawRecord> fresh =
              records.stream().filter(record -> record.offset() >= taken).toList();
          Mono<?> before = fresh.size() < records.size() ? confirm() : Mono.empty();
          return before
              .then(Mono.defer(() -> fresh.isEmpty() ? Mono.empty() : append(fresh)))
              .then(Mono.fromSupplier(() -> answer(records)));
        });
  }

  private Mono<SinkAck> append(List<RawRecord> fresh) {
    return target
        .append(fresh.stream().map(SinkDelivery::submission).toList(), level)
        .flatMap(
            ack -> {
              taken = fresh.get(fresh.size() - 1).offset() + 1;
              for (SinkAck.Rejected each : ack.rejected()) {
                refused.put(fresh.get(each.index()).offset(), each.reason());
              }
              return ack.level().compareTo(level) < 0 ? confirm() : Mono.just(ack);
            });
  }

  /** Completes when the sink has made safe what it took. */
  private Mono<SinkAck> confirm() {
    return target.append(List.of(), level);
  }

  private Answer answer(List<RawRecord> records) {
    List<Answer.Refused> refusals = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      String reason = refused.get(records.get(i).offset());
      if (reason != null) {
        refusals.add(new Answer.Refused(i, reason));
      }
    }
    return new Answer(records.size() - refusals.size(), refusals);
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
