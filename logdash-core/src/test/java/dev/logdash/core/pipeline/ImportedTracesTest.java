package dev.logdash.core.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.ingest.FileIngest;
import dev.logdash.core.ingest.IngestOptions;
import dev.logdash.core.ingest.StreamIngest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How long reading takes, and how often it is broken off, does not decide what is one event. */
class ImportedTracesTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long HOUR = 3_600_000_000_000L;

  @TempDir Path folder;

  @Test
  void joinsTheSameLinesHoweverLongTheSinkMakesTheReaderWait() throws IOException {
    Path file = write("app.log");

    assertThat(events(new Sink(HOUR), file, false)).isEqualTo(events(new Sink(0), file, false));
  }

  @Test
  void joinsTheSameLinesWhereverReadingWasBrokenOff() throws IOException {
    Path file = write("app.log");
    Sink undisturbed = new Sink(0);
    List<String> expected = events(undisturbed, file, false);

    assertThat(undisturbed.batches).isGreaterThan(5);
    assertThat(events(new Sink(HOUR), file, true)).isEqualTo(expected);
  }

  @Test
  void joinsTheSameLinesOfACompressedFile() throws IOException {
    Path plain = write("app.log");
    Path file = folder.resolve("app.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      Files.copy(plain, out);
    }

    assertThat(events(new Sink(HOUR), file, true)).isEqualTo(events(new Sink(0), plain, false));
  }

  @Test
  void joinsTheSameLinesOfAStreamThatIsAheadOfTheSink() throws IOException {
    Path file = write("app.log");
    Sink slow = new Sink(HOUR);
    new StreamIngest(slow, Schedulers.immediate(), IngestOptions.defaults())
        .importStream(new ByteArrayInputStream(Files.readAllBytes(file)), "stdin")
        .block(LIMIT);

    assertThat(slow.joined()).isEqualTo(events(new Sink(0), file, false));
  }

  /** Traces of many lengths, so that batches would end within some; one is over the limits. */
  private Path write(String name) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 250; i++) {
      text.append("2026-11-25 12:00:00,000 ERROR [main] a.B - failed ").append(i).append('\n');
      int frames = i == 100 ? 2_500 : i * 7 % 23;
      if (i % 5 == 0) {
        text.append("{\"message\":\"whole\"}\n");
      } else {
        text.append("java.io.IOException: gone\n");
      }
      for (int frame = 0; frame < frames; frame++) {
        text.append("\tat a.b.C.m").append(frame).append("(C.java:1)\n");
      }
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<String> events(Sink sink, Path file, boolean diesAtEachBatch) {
    sink.dies = diesAtEachBatch;
    boolean done = false;
    while (!done) {
      done =
          new FileIngest(sink, sink::positions, Schedulers.immediate(), IngestOptions.defaults())
              .importFiles(List.of(file.toString()))
              .map(counts -> true)
              .onErrorReturn(BackendException.Misconfigured.class, false)
              .block(LIMIT);
    }
    return sink.joined();
  }

  /** Receives each batch some time after the one before. */
  private static final class Sink implements LogSink {
    private final long pauseNanos;
    private final List<RawRecord> records = new ArrayList<>();
    private final Map<String, SourcePosition> ends = new HashMap<>();
    private boolean dies;
    private boolean dead;
    private int batches;

    Sink(long pauseNanos) {
      this.pauseNanos = pauseNanos;
    }

    @Override
    public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
      return Mono.fromCallable(
          () -> {
            dead = dies && !dead;
            if (!dead && dies) {
              throw new BackendException.Misconfigured("dead", null);
            }
            batches++;
            for (Submission line : batch) {
              keep(line);
            }
            return new SinkAck(atLeast, batch.size(), List.of());
          });
    }

    private void keep(Submission line) {
      records.add(
          new RawRecord(
              Origin.ofProducer(1, 1, records.size()),
              records.size(),
              batches * pauseNanos,
              line.dataset(),
              line.source(),
              line.headers(),
              line.body(),
              0,
              line.body().length));
      if (line.position() != null) {
        ends.put(line.position().key(), line.position());
      }
    }

    List<SourcePosition> positions(String prefix) {
      return ends.values().stream().filter(end -> end.key().startsWith(prefix)).toList();
    }

    List<String> joined() {
      RecordJoiner joiner =
          new RecordJoiner(new TraceJoining(), JoinLimits.DEFAULTS, 0, 0, Map.of(), Set.of());
      List<JoinedRecord> done = new ArrayList<>();
      records.forEach(record -> joiner.accept(record, done));
      joiner.bound(0, Long.MAX_VALUE, done);
      return done.stream()
          .map(
              event ->
                  new String(
                      event.record().array(),
                      event.record().start(),
                      event.record().length(),
                      UTF_8))
          .toList();
    }

    @Override
    public Mono<Void> check() {
      return Mono.empty();
    }

    @Override
    public void close() {}
  }
}
