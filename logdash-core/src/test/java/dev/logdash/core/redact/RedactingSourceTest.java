package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.Assignment;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.api.ingest.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RedactingSourceTest {

  private static final Origin FOREIGN = new Origin("app-0", 0, 7);
  private static final Origin OURS = Origin.ofProducer(1, 1, 7);

  private final List<Long> acknowledged = new ArrayList<>();

  @Test
  void hidesSecretsOfOthersAndKeepsEverythingElse() {
    RawRecord secret = record(FOREIGN, "--password=x ok");
    RawRecord clean = record(FOREIGN, "nothing to hide");
    RawRecord ours = record(OURS, "password=*** ok");

    RecordBatch batch = read(List.of(secret, clean, ours));

    RawRecord hidden = batch.records().get(0);
    assertThat(hidden.text()).isEqualTo("--password=*** ok");
    assertThat(hidden.origin()).isEqualTo(FOREIGN);
    assertThat(hidden.offset()).isEqualTo(7);
    assertThat(hidden.receivedNanos()).isEqualTo(9);
    assertThat(hidden.dataset()).isEqualTo("shop");
    assertThat(hidden.source()).isEqualTo("a.log");
    assertThat(hidden.headers()).isEqualTo(Map.of("h", "v", "logdash.redacted", "named-secret"));
    assertThat(batch.records().get(1)).isSameAs(clean);
    assertThat(batch.records().get(2)).isSameAs(ours);
    assertThat(batch.nextOffset()).isEqualTo(8);
    assertThat(batch.boundNanos()).isEqualTo(9);
  }

  @Test
  void looksOnlyAtTheBytesOfTheRecord() {
    byte[] around = "password=a|token=b|password=c".getBytes(UTF_8);
    RawRecord middle = new RawRecord(FOREIGN, 7, 9, "shop", "a.log", Map.of(), around, 11, 7);

    assertThat(read(List.of(middle)).records().get(0).text()).isEqualTo("token=***");
    assertThat(new String(around, UTF_8)).isEqualTo("password=a|token=b|password=c");
  }

  @Test
  void passesAcknowledgementsOn() {
    Assignment assignment = source(List.of()).assignments().blockFirst();

    assignment.acknowledge(8).block();

    assertThat(acknowledged).containsExactly(8L);
    assertThat(assignment.end().block()).isEqualTo(8);
    assertThat(assignment.id()).isEqualTo(new PartitionId("topic", 3));
  }

  private RecordBatch read(List<RawRecord> records) {
    return source(records).assignments().blockFirst().read(0).blockFirst();
  }

  private static RawRecord record(Origin origin, String line) {
    byte[] body = line.getBytes(UTF_8);
    return new RawRecord(origin, 7, 9, "shop", "a.log", Map.of("h", "v"), body, 0, body.length);
  }

  private LogSource source(List<RawRecord> records) {
    Assignment assignment =
        new Assignment() {
          @Override
          public PartitionId id() {
            return new PartitionId("topic", 3);
          }

          @Override
          public Flux<RecordBatch> read(long fromOffset) {
            return Flux.just(new RecordBatch(records, 8, 9));
          }

          @Override
          public Mono<Long> end() {
            return Mono.just(8L);
          }

          @Override
          public Mono<Void> acknowledge(long nextOffset) {
            return Mono.fromRunnable(() -> acknowledged.add(nextOffset));
          }
        };
    return new RedactingSource(
        new LogSource() {
          @Override
          public Flux<Assignment> assignments() {
            return Flux.just(assignment);
          }

          @Override
          public Mono<Void> check() {
            return Mono.empty();
          }

          @Override
          public void close() {}
        },
        Redactor.standard());
  }
}
