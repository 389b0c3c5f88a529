package dev.logdash.core.ingest;

import dev.logdash.api.ingest.LogSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * Reads a stream that cannot be read again, such as standard input, into a sink. Lines carry no
 * position, so what was not accepted when the process dies is lost.
 */
public final class StreamIngest {

  private final LogSink sink;
  private final Scheduler scheduler;
  private final IngestOptions options;

  /**
   * @param scheduler has a thread that may wait for the stream
   */
  public StreamIngest(LogSink sink, Scheduler scheduler, IngestOptions options) {
    this.sink = Objects.requireNonNull(sink, "sink");
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * Reads to the end; lines come to the sink as soon as the stream has none ready behind them.
   * Fails with an {@link UncheckedIOException} if the stream does, after what was read before was
   * accepted. Cancelling takes effect when the stream has delivered what it is waiting for.
   *
   * @param in stays open
   * @param source names the stream on each line
   */
  public Mono<IngestCounts> importStream(InputStream in, String source) {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(source, "source");
    return Mono.defer(
        () -> {
          Tally tally = new Tally(options.listener());
          Lines lines = new Lines(in, source, options);
          Flux<LineBatch> batches = Flux.generate(lines::emit);
          return new SinkWriter(sink, scheduler, options, tally)
              .writeAll(
                  batches.subscribeOn(scheduler),
                  batch -> options.listener().progress(batch.progress(), -1))
              .then(Mono.fromSupplier(tally::counts));
        });
  }

  private static final class Lines {
    private final RecordReader reader;
    private final String source;
    private final IngestOptions options;
    private @Nullable IOException failure;

    Lines(InputStream in, String source, IngestOptions options) {
      this.reader = new RecordReader(in, options.maxLineBytes(), options.splitter());
      this.source = source;
      this.options = options;
    }

    void emit(SynchronousSink<LineBatch> sequence) {
      IOException earlier = failure;
      if (earlier != null) {
        sequence.error(new UncheckedIOException("cannot read " + source, earlier));
        return;
      }
      LineBatch batch = new LineBatch(null);
      boolean more = true;
      try {
        more = batch.fill(reader, source, null, options, true);
      } catch (IOException e) {
        failure = e;
      }
      batch.progress(reader.end());
      if (!batch.lines().isEmpty()) {
        sequence.next(batch);
      } else if (more) {
        emit(sequence);
      } else {
        sequence.complete();
      }
    }
  }
}
