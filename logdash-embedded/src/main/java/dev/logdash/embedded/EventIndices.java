package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.store.DayIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The indices in a folder. Looks into it at the first use; safe for several threads. */
final class EventIndices {

  private static final Pattern FOLDER =
      Pattern.compile("logdash-([a-z0-9][a-z0-9_-]{0,63})-(\\d{4}\\.\\d{2}\\.\\d{2})");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy.MM.dd", Locale.ROOT);
  private static final String DELETED = ".deleted-";
  // Writers share the memory for new documents, and each has files and a merge thread.
  private static final int MAX_WRITERS = 4;

  private final Path root;
  private final long refreshNanos;
  private final double ramMegabytes;
  private final boolean readOnly;
  private final TreeMap<DayIndex, EventIndex> indices = new TreeMap<>();
  private final TreeMap<DayIndex, BackendException> unreadable = new TreeMap<>();
  private boolean opened;
  private boolean closed;

  EventIndices(Path root, long refreshNanos, double ramMegabytes, boolean readOnly) {
    this.root = root;
    this.refreshNanos = refreshNanos;
    this.ramMegabytes = ramMegabytes;
    this.readOnly = readOnly;
  }

  Path root() {
    return root;
  }

  /** Fails if the folder was opened only to read it. */
  void requireWritable() {
    if (readOnly) {
      throw new BackendException.Misconfigured(root + " was opened only to read it", null);
    }
  }

  /** Fails if the folder or any index cannot be used. */
  synchronized void check() throws IOException {
    open();
    if (!readOnly && !Files.isWritable(root)) {
      throw new BackendException.Misconfigured(
          root + " cannot be written; give this process the right to", null);
    }
    for (BackendException failure : failures()) {
      throw failure;
    }
  }

  /** What is known to be wrong, the oldest day first. */
  synchronized List<BackendException> failures() throws IOException {
    open();
    TreeMap<DayIndex, BackendException> failures = new TreeMap<>(unreadable);
    for (EventIndex index : indices.values()) {
      BackendException failure = index.failure();
      if (failure != null) {
        failures.put(index.name(), failure);
      }
    }
    return List.copyOf(failures.values());
  }

  /** All indices, the oldest day first. */
  synchronized List<EventIndex> all() throws IOException {
    open();
    return List.copyOf(indices.values());
  }

  /** The indices of a dataset that can be read, the oldest day first. */
  synchronized List<EventIndex> readable(String dataset) throws IOException {
    open();
    return indices.values().stream()
        .filter(index -> index.name().dataset().equals(dataset) && index.failure() == null)
        .toList();
  }

  /** The indices of a dataset, the oldest day first; fails if one of them cannot be read. */
  synchronized List<EventIndex> of(String dataset) throws IOException {
    open();
    for (Map.Entry<DayIndex, BackendException> entry : unreadable.entrySet()) {
      if (entry.getKey().dataset().equals(dataset)) {
        throw entry.getValue();
      }
    }
    List<EventIndex> all = new ArrayList<>();
    for (EventIndex index : indices.values()) {
      if (index.name().dataset().equals(dataset)) {
        BackendException failure = index.failure();
        if (failure != null) {
          throw failure;
        }
        all.add(index);
      }
    }
    return all;
  }

  /** The index of a day, made if it is not there, with room for its writer. */
  EventIndex toWrite(DayIndex name) throws IOException {
    List<EventIndex> surplus = new ArrayList<>();
    EventIndex index;
    synchronized (this) {
      open();
      BackendException failure = unreadable.get(name);
      if (failure != null) {
        throw failure;
      }
      index = indices.get(name);
      if (index == null) {
        index = new EventIndex(name, root, refreshNanos);
        indices.put(name, index);
      }
      if (!index.isWritable()) {
        EventIndex wanted = index;
        indices.values().stream()
            .filter(other -> other != wanted && other.isWritable())
            .sorted(Comparator.comparingLong(EventIndex::usedAt).reversed())
            .skip(MAX_WRITERS - 1)
            .forEach(surplus::add);
      }
    }
    for (EventIndex idle : surplus) {
      idle.flush();
      idle.closeWriter();
    }
    return index;
  }

  /** How much memory a writer may use for documents that are not written yet. */
  synchronized double shareMemory() {
    List<EventIndex> writable = indices.values().stream().filter(EventIndex::isWritable).toList();
    double share = ramMegabytes / Math.max(1, writable.size());
    writable.forEach(index -> index.setRamMegabytes(share));
    return share;
  }

  /** Takes an index away for ever. */
  synchronized void drop(EventIndex index) throws IOException {
    indices.remove(index.name());
    index.close();
    delete(index.name());
  }

  /** Takes away the indices before a day that cannot be opened; answers which. */
  synchronized List<String> dropUnreadable(long epochDay) throws IOException {
    List<String> dropped = new ArrayList<>();
    for (DayIndex name : List.copyOf(unreadable.keySet())) {
      if (name.epochDay() < epochDay) {
        delete(name);
        unreadable.remove(name);
        dropped.add(name.name());
      }
    }
    return dropped;
  }

  private void delete(DayIndex name) throws IOException {
    // Renamed first, so that a crash on the way leaves no half of an index under its name.
    Path doomed = root.resolve(DELETED + name.name());
    Files.move(root.resolve(name.name()), doomed, StandardCopyOption.ATOMIC_MOVE);
    deleteTree(doomed);
  }

  synchronized void close() throws IOException {
    closed = true;
    IOException failure = null;
    for (EventIndex index : indices.values()) {
      try {
        index.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    indices.clear();
    if (failure != null) {
      throw failure;
    }
  }

  /** The bytes of an index, on the disk and on their way there. */
  static long bytes(EventIndex index) throws IOException {
    try (Stream<Path> files = Files.list(index.folder())) {
      return index.ramBytes() + files.mapToLong(EventIndices::size).sum();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (java.nio.file.NoSuchFileException e) {
      // A merge took it away in the meantime.
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open() throws IOException {
    if (closed) {
      throw new BackendException.Unavailable("the store is closed", null);
    }
    if (opened) {
      return;
    }
    if (!readOnly) {
      Files.createDirectories(root);
    } else if (Files.notExists(root)) {
      opened = true;
      return;
    }
    List<Path> folders;
    try (Stream<Path> files = Files.list(root)) {
      folders = files.filter(Files::isDirectory).toList();
    }
    for (Path folder : folders) {
      String fileName = String.valueOf(folder.getFileName());
      if (fileName.startsWith(DELETED)) {
        if (!readOnly) {
          deleteTree(folder);
        }
        continue;
      }
      DayIndex name = parse(fileName);
      if (name == null) {
        continue;
      }
      try {
        indices.put(name, new EventIndex(name, root, refreshNanos));
      } catch (IOException | RuntimeException e) {
        if (!readOnly || Files.exists(folder)) {
          unreadable.put(name, LuceneErrors.translate(folder, e));
        }
      }
    }
    opened = true;
  }

  private static @Nullable DayIndex parse(String folder) {
    Matcher matcher = FOLDER.matcher(folder);
    if (!matcher.matches()) {
      return null;
    }
    try {
      return new DayIndex(matcher.group(1), LocalDate.parse(matcher.group(2), DAY).toEpochDay());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
