package dev.logdash.core.ingest;

import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.LogSink;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * Files that are being followed: rotated by rename or by copy and truncation, truncated, deleted
 * and made anew, compressed. Made by {@link FileIngest#follow}.
 */
public final class FileFollower implements AutoCloseable {

  private final FileSet files;
  private final Function<String, List<SourcePosition>> positions;
  private final Scheduler scheduler;
  private final IngestOptions options;
  private final Tally tally;
  private final SinkWriter writer;

  private @Nullable Disposable loop;
  private boolean closed;

  FileFollower(
      List<PathPattern> patterns,
      LogSink sink,
      Function<String, List<SourcePosition>> positions,
      Scheduler scheduler,
      IngestOptions options) {
    this.positions = positions;
    this.scheduler = scheduler;
    this.options = options;
    this.tally = new Tally(options.listener());
    this.files = new FileSet(patterns, tally);
    this.writer = new SinkWriter(sink, scheduler, options, tally);
  }

  /** What was read since the start. */
  public IngestCounts counts() {
    return tally.counts();
  }

  synchronized void start() {
    loop =
        Mono.defer(this::pass)
            .onErrorResume(this::said)
            .then(Mono.delay(options.pollInterval(), scheduler))
            .repeat()
            .subscribe();
  }

  /** Looks at the files once and reads what is new. */
  Mono<Void> pass() {
    return Mono.fromSupplier(this::look).flatMap(this::read).subscribeOn(scheduler);
  }

  /** Stops reading. A batch that is with the sink stays there. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    Disposable running = loop;
    if (running != null) {
      running.dispose();
    }
    files.close();
  }

  private synchronized List<FollowedFile> look() {
    return closed ? List.of() : files.refresh(scheduler.now(TimeUnit.MILLISECONDS));
  }

  private Mono<Void> read(List<FollowedFile> changed) {
    FilePass pass = new FilePass(changed, files.inSight(), positions, options, tally, false);
    Flux<LineBatch> batches = Flux.generate(() -> pass, this::emit, FilePass::close);
    return writer
        .writeAll(batches.subscribeOn(scheduler), batch -> {})
        .doOnError(failure -> changed.forEach(FollowedFile::readAgain))
        .then(Mono.fromRunnable(this::tidy));
  }

  private synchronized FilePass emit(FilePass pass, SynchronousSink<LineBatch> sequence) {
    if (closed) {
      sequence.complete();
      return pass;
    }
    return pass.emit(sequence);
  }

  private synchronized void tidy() {
    if (!closed) {
      files.tidy();
    }
  }

  private Mono<Void> said(Throwable failure) {
    options.listener().waiting(failure);
    return Mono.empty();
  }
}
