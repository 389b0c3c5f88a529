package dev.logdash.core.ingest;

import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.LogSink;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads files once, to the end that they have when they are opened. */
final class FileImport {

  private final List<PathPattern> patterns;
  private final Function<String, List<SourcePosition>> positions;
  private final IngestOptions options;

  FileImport(
      List<PathPattern> patterns,
      Function<String, List<SourcePosition>> positions,
      IngestOptions options) {
    this.patterns = patterns;
    this.positions = positions;
    this.options = options;
  }

  Mono<IngestCounts> into(LogSink sink, Scheduler scheduler) {
    Tally tally = new Tally(options.listener());
    List<FollowedFile> files = files(tally);
    long total = files.stream().mapToLong(FollowedFile::seenSize).sum();
    FilePass pass = new FilePass(files, files, positions, options, tally, true);
    return new SinkWriter(sink, scheduler, options, tally)
        .writeAll(
            pass.batches().subscribeOn(scheduler),
            batch -> options.listener().progress(batch.progress(), total))
        .then(Mono.fromSupplier(tally::counts));
  }

  private List<FollowedFile> files(Tally tally) {
    Set<Object> identities = new HashSet<>();
    List<FollowedFile> files = new ArrayList<>();
    for (PathPattern pattern : patterns) {
      List<FollowedFile> matching = new ArrayList<>();
      boolean[] failed = new boolean[1];
      pattern.expand(
          (path, attributes) -> add(path, attributes, identities, matching, tally),
          (path, failure) -> {
            failed[0] = true;
            tally.unreadable(path.toString(), failure);
          });
      if (matching.isEmpty() && pattern.isGlob() && !failed[0]) {
        tally.unreadable(pattern.toString(), new IOException("no file matches"));
      }
      matching.sort(Comparator.comparing(FollowedFile::path));
      files.addAll(matching);
    }
    return files;
  }

  private static void add(
      Path path,
      BasicFileAttributes attributes,
      Set<Object> identities,
      List<FollowedFile> files,
      Tally tally) {
    if (attributes.isDirectory()) {
      tally.unreadable(
          path.toString(), new IOException("is a directory; name its files: '" + path + "/*'"));
      return;
    }
    if (!attributes.isRegularFile()) {
      // Opening a pipe would wait for its writer, and a device has no end.
      tally.unreadable(
          path.toString(), new IOException("is no regular file; read it as standard input"));
      return;
    }
    Object identity = FollowedFile.identityOf(path, attributes);
    if (identities.add(identity)) {
      FollowedFile file = new FollowedFile(identity, path);
      file.seen(path, attributes);
      files.add(file);
    }
  }
}
