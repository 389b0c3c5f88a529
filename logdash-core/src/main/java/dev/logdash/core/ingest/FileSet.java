package dev.logdash.core.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files that patterns stand for, from look to look. A file stays itself when it is renamed, and
 * is read on for a while when no pattern matches its name any more, because its writer may not have
 * noticed the rotation.
 */
final class FileSet implements Closeable {

  // Writers are told of a rotation within seconds, and nobody pauses so long within a record;
  // after this nobody appends to the old file, or to the record.
  static final Duration GRACE = Duration.ofSeconds(30);
  // Well under the usual limit of 1,024 handles of a process, which is not ours alone.
  static final int MAX_OPEN = 256;

  private final List<PathPattern> patterns;
  private final Tally tally;
  private final Map<Object, FollowedFile> files = new LinkedHashMap<>();
  private final Map<Path, String> failures = new HashMap<>();

  FileSet(List<PathPattern> patterns, Tally tally) {
    this.patterns = List.copyOf(patterns);
    this.tally = tally;
  }

  /**
   * Looks at the disk and answers which files changed since they were read: those known before
   * first, then new ones, the oldest first.
   */
  List<FollowedFile> refresh(long nowMillis) {
    Look look = new Look();
    for (PathPattern pattern : patterns) {
      pattern.expand(look::seen, look::unreadable);
    }
    failures.keySet().retainAll(look.failing);
    noteMissing(look.present, nowMillis);
    look.fresh.sort(
        Comparator.comparing(FollowedFile::modified).thenComparing(FollowedFile::source));
    for (FollowedFile file : look.fresh) {
      files.put(file.identity(), file);
    }
    List<FollowedFile> changed = new ArrayList<>();
    for (FollowedFile file : files.values()) {
      file.unfinished().look(nowMillis);
      if (file.changed() || file.isHeldTooLong()) {
        changed.add(file);
      }
    }
    return changed;
  }

  /** All files that are known at the moment. */
  Collection<FollowedFile> inSight() {
    return files.values();
  }

  /**
   * Lets go of files that ended and gives back the handles of files that were quiet for longest.
   */
  void tidy() {
    List<FollowedFile> open = new ArrayList<>();
    for (FollowedFile file : List.copyOf(files.values())) {
      if (file.isAbandoned()) {
        close(file);
        files.remove(file.identity());
      } else if (file.isOpen()) {
        open.add(file);
      }
    }
    open.sort(Comparator.comparing(FollowedFile::modified));
    for (FollowedFile file : open.subList(0, Math.max(0, open.size() - MAX_OPEN))) {
      close(file);
    }
  }

  @Override
  public void close() {
    files.values().forEach(this::close);
    files.clear();
  }

  private void noteMissing(Set<Object> present, long nowMillis) {
    for (Map.Entry<Object, FollowedFile> entry : files.entrySet()) {
      FollowedFile file = entry.getValue();
      if (present.contains(entry.getKey())) {
        continue;
      }
      try {
        if (nowMillis - file.missing(nowMillis) >= GRACE.toMillis()) {
          file.abandon();
        }
      } catch (IOException e) {
        file.abandon();
        tally.unreadable(file.path().toString(), e);
      }
    }
  }

  private void close(FollowedFile file) {
    try {
      file.close();
    } catch (IOException e) {
      tally.unreadable(file.path().toString(), e);
    }
  }

  /** One look at all patterns. */
  private final class Look {
    final Set<Object> present = new HashSet<>();
    final List<FollowedFile> fresh = new ArrayList<>();
    final Set<Path> failing = new HashSet<>();

    void seen(Path path, BasicFileAttributes attributes) {
      if (!attributes.isRegularFile()) {
        return;
      }
      Object identity = FollowedFile.identityOf(path, attributes);
      if (!present.add(identity)) {
        return;
      }
      FollowedFile file = files.get(identity);
      if (file == null) {
        file = new FollowedFile(identity, path);
        fresh.add(file);
      }
      file.seen(path, attributes);
    }

    void unreadable(Path path, IOException failure) {
      boolean mayCome =
          failure instanceof NoSuchFileException || failure instanceof NotDirectoryException;
      if (mayCome) {
        return;
      }
      failing.add(path);
      if (!failure.toString().equals(failures.put(path, failure.toString()))) {
        tally.unreadable(path.toString(), failure);
      }
    }
  }
}
