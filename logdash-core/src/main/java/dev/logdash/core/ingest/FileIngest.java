package dev.logdash.core.ingest;

import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.LogSink;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads log files into a sink, each line once: once to their end, or for as long as they grow.
 *
 * <p>Each line carries its {@link dev.logdash.api.event.SourcePosition}: a key made of the first
 * KiB of the content and of the file's inode, the place behind the line, and a digest of all lines
 * up to it. Reading goes on behind the last position that the sink knows, so there is no other
 * checkpoint, and a file is not read again because it was renamed, copied, compressed with gzip or
 * because the process died; another file that begins alike is read whole. Compressed files are told
 * by their content and read as a stream in constant memory.
 *
 * <p>A batch that the sink refuses with {@link dev.logdash.api.error.BackendException.Overloaded}
 * or {@link dev.logdash.api.error.BackendException.Unavailable} is offered again, after at most 2
 * s, until the reading is cancelled. Only one batch is with the sink at a time.
 *
 * <p>What the file system cannot tell is not told either: a file with the inode of a deleted one
 * and the same first KiB counts as that one where it is longer; where a file ends before the place
 * to which it was read, it is read again from its start; what is written between the last look at a
 * file and its truncation is lost unless a copy of it matches too.
 */
public final class FileIngest {

  private final LogSink sink;
  private final Function<String, List<SourcePosition>> positions;
  private final Scheduler scheduler;
  private final IngestOptions options;

  /**
   * @param positions for each key that begins with a text the furthest position that the sink
   *     holds; must count a line as soon as the sink has acknowledged it
   * @param scheduler has threads that may wait for the disk; its clock tells how long a file is
   *     gone
   */
  public FileIngest(
      LogSink sink,
      Function<String, List<SourcePosition>> positions,
      Scheduler scheduler,
      IngestOptions options) {
    this.sink = Objects.requireNonNull(sink, "sink");
    this.positions = Objects.requireNonNull(positions, "positions");
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * Reads files to their present end, in the order given; files of one glob by name. A last line
   * without line feed is a line. What cannot be read is reported and counted, the rest is read.
   * Cancelling stops after the batch that is with the sink.
   *
   * @param paths names or globs ({@code * ? [] {} **})
   */
  public Mono<IngestCounts> importFiles(List<String> paths) {
    List<PathPattern> patterns = paths.stream().map(PathPattern::of).toList();
    FileImport run = new FileImport(patterns, positions, options);
    return Mono.defer(() -> run.into(sink, scheduler)).subscribeOn(scheduler);
  }

  /**
   * Starts to follow files: those that match now and those that come later. A last line without
   * line feed waits for its end, for 30 s if the file is gone.
   *
   * @param paths names or globs ({@code * ? [] {} **}); a file that several match is read once
   * @return to be closed
   */
  public FileFollower follow(List<String> paths) {
    FileFollower follower = follower(paths);
    follower.start();
    return follower;
  }

  FileFollower follower(List<String> paths) {
    List<PathPattern> patterns = paths.stream().map(PathPattern::of).toList();
    return new FileFollower(patterns, sink, positions, scheduler, options);
  }
}
