package dev.logdash.core.ingest;

import dev.logdash.api.ingest.LogSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
   * @param scheduler has a thread that may wait for the stream, and can delay work
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
   * <p>A row of CSV of several lines that is not whole is waited for a second after the stream has
   * nothing more, and 30 seconds in all; then its lines are read as lines.
   *
   * @param in stays open; says by {@link InputStream#available()} when it has something, as
   *     standard input and pipes do
   * @param source names the stream on each line
   */
  public Mono<IngestCounts> importStream(InputStream in, String source) {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(source, "source");
    return Mono.defer(
        () -> {
          Tally tally = new Tally(options.listener());
          Lines lines = new Lines(in, source, options, scheduler);
          Mono<LineBatch> pause = Mono.delay(options.pollInterval(), scheduler).then(Mono.empty());
          Flux<LineBatch> batches =
              Flux.<LineBatch>generate(lines::emit)
                  .concatMap(batch -> batch.lines().isEmpty() ? pause : Mono.just(batch), 0);
          return new SinkWriter(sink, scheduler, options, tally)
              .writeAll(
                  batches.subscribeOn(scheduler),
                  batch -> options.listener().progress(batch.progress(), -1))
              .then(Mono.fromSupplier(tally::counts));
        });
  }

  private static final class Lines {
    private final InputStream in;
    private final RecordReader reader;
    private final String source;
    private final IngestOptions options;
    private final Scheduler clock;
    private final UnfinishedRecord unfinished = new UnfinishedRecord();
    private boolean waits;
    // Whether nothing has come behind the row that is waited for since the last look.
    private boolean silent;
    private @Nullable IOException failure;

    Lines(InputStream in, String source, IngestOptions options, Scheduler clock) {
      this.in = in;
      this.reader = new RecordReader(in, options.maxLineBytes(), options.splitter());
      this.source = source;
      this.options = options;
      this.clock = clock;
      reader.timeRows();
    }

    /** Gives the next lines, or none while a row that is not whole is waited for. */
    void emit(SynchronousSink<LineBatch> sequence) {
      IOException earlier = failure;
      if (earlier != null) {
        sequence.error(new UncheckedIOException("cannot read " + source, earlier));
        return;
      }
      LineBatch batch = new LineBatch(null);
      boolean more = true;
      try {
        look();
        more = batch.fill(reader, source, null, options, true);
      } catch (IOException e) {
        failure = e;
      }
      batch.progress(reader.end());
      waits = more && failure == null && batch.lines().isEmpty();
      if (waits && !silent) {
        unfinished.found(true, reader.heldAt());
      }
      if (waits || !batch.lines().isEmpty()) {
        sequence.next(batch);
      } else if (more) {
        emit(sequence);
      } else {
        sequence.complete();
      }
    }

    private void look() throws IOException {
      unfinished.look(clock.now(TimeUnit.MILLISECONDS));
      silent = waits && in.available() <= 0;
      if (!waits) {
        unfinished.forget();
      } else if (silent) {
        unfinished.isQuiet(false);
      } else {
        unfinished.grown();
      }
      // What came with it is read as it is only when it has been waited for itself.
      reader.endOpenRows(Math.min(unfinished.rowsEndUpTo(), reader.heldAt()));
    }
  }
}
