package dev.logdash.core.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class RedactingSinkTest {

  private final Kept kept = new Kept();
  private final LogSink sink = new RedactingSink(kept, Redactor.standard());

  @Test
  void hidesSecretsAndKeepsEverythingElse() {
    Submission line =
        Submission.of("password=x ok", "a.log")
            .withDataset("shop")
            .withHeaders(Map.of("logdash.id", "7"))
            .withPosition(new SourcePosition("k", 14));
    Submission clean = Submission.of("nothing to hide", "b.log");

    Mono<SinkAck> append = sink.append(List.of(line, clean), AckLevel.ACCEPTED);
    assertThat(kept.lines).isEmpty();
    SinkAck ack = append.block();

    assertThat(ack).isEqualTo(new SinkAck(AckLevel.ACCEPTED, 2, List.of()));
    Submission stored = kept.lines.get(0);
    assertThat(new String(stored.body(), UTF_8)).isEqualTo("password=*** ok");
    assertThat(stored.dataset()).isEqualTo("shop");
    assertThat(stored.source()).isEqualTo("a.log");
    assertThat(stored.headers())
        .isEqualTo(Map.of("logdash.id", "7", "logdash.redacted", "named-secret"));
    assertThat(stored.position()).isEqualTo(new SourcePosition("k", 14));
    assertThat(kept.lines.get(1)).isSameAs(clean);
  }

  @Test
  void hidesSecretsInTheBytesOfAMessageOfTheJournal() {
    StringBuilder array = new StringBuilder();
    for (byte b : "login password=hunter2 \u00ff".getBytes(ISO_8859_1)) {
      array.append(array.isEmpty() ? "" : ",").append(b & 0xff);
    }
    String line = "{\"MESSAGE\":[" + array + "],\"PRIORITY\":\"6\"}";

    sink.append(List.of(Submission.of(line, "journal")), AckLevel.ACCEPTED).block();

    Submission stored = kept.lines.get(0);
    assertThat(new String(stored.body(), UTF_8))
        .isEqualTo("{\"MESSAGE\":\"login password=*** \ufffd\",\"PRIORITY\":\"6\"}");
    assertThat(stored.headers()).containsEntry("logdash.redacted", "named-secret");
  }

  @Test
  void refusesAtOnceWhatTheOtherSinkRefusesAtOnce() {
    assertThatThrownBy(() -> sink.append(List.of(), AckLevel.BROKERED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closesTheOtherSink() {
    sink.close();

    assertThat(kept.closed).isTrue();
    assertThatThrownBy(() -> sink.check().block()).isInstanceOf(IllegalStateException.class);
  }

  /** A sink in memory. */
  private static final class Kept implements LogSink {
    final List<Submission> lines = new ArrayList<>();
    boolean closed;

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
      if (atLeast != AckLevel.ACCEPTED) {
        throw new IllegalArgumentException("cannot reach " + atLeast);
      }
      return Mono.fromSupplier(
          () -> {
            lines.addAll(batch);
            return new SinkAck(atLeast, batch.size(), List.of());
          });
    }

    @Override
    public Mono<Void> check() {
      return closed ? Mono.error(new IllegalStateException("closed")) : Mono.empty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
