package dev.logdash.embedded;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.rollup.RollupStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The stores in one data folder, for one process that writes and any that read: {@code lock} with
 * the id of that process, {@code format}, {@code search/} with the indices, {@code store.mv} with
 * rollups and documents.
 */
public final class EmbeddedStorage implements AutoCloseable {

  /** The format of the folder; a folder of a newer one is refused. */
  static final int FORMAT = 1;

  private static final String FORMAT_FILE = "format";
  private static final String SEARCH_FOLDER = "search";
  private static final String STORE_FILE = "store.mv";

  private final @Nullable FolderLock lock;
  private final LuceneLogStore logStore;
  private final MvRollupStore rollupStore;
  private final MvDocumentStore documentStore;
  private final MvAccess mvFile;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedStorage(@Nullable FolderLock lock, LuceneLogStore logStore, MvAccess mvFile) {
    this.lock = lock;
    this.logStore = logStore;
    this.mvFile = mvFile;
    this.rollupStore = new MvRollupStore(mvFile);
    this.documentStore = new MvDocumentStore(mvFile);
  }

  /** Opens a folder with the defaults of {@link LuceneLogStore}. */
  public static EmbeddedStorage open(Path folder, Clock clock) {
    return open(folder, clock, 32, 1);
  }

  /**
   * Takes a folder, which is made if it is not there.
   *
   * @param ramMegabytes as for {@link LuceneLogStore.Builder#ramMegabytes}
   * @param indexThreads as for {@link LuceneLogStore.Builder#indexThreads}
   * @throws BackendException.Misconfigured if another process has the folder, if it is of a newer
   *     format, or if this process has no right to it
   */
  public static EmbeddedStorage open(
      Path folder, Clock clock, double ramMegabytes, int indexThreads) {
    Objects.requireNonNull(folder, "folder");
    LuceneLogStore.Builder logStore =
        LuceneLogStore.builder(folder.resolve(SEARCH_FOLDER), clock)
            .ramMegabytes(ramMegabytes)
            .indexThreads(indexThreads);
    FolderLock lock = null;
    try {
      Files.createDirectories(folder);
      lock = FolderLock.take(folder);
      requireFormat(folder);
      return new EmbeddedStorage(lock, logStore.build(), new MvFile(folder.resolve(STORE_FILE)));
    } catch (FileAlreadyExistsException e) {
      closeQuietly(lock);
      throw new BackendException.Misconfigured(folder + " is no folder", e);
    } catch (IOException e) {
      closeQuietly(lock);
      throw LuceneErrors.translate(folder, e);
    } catch (RuntimeException e) {
      closeQuietly(lock);
      throw e;
    }
  }

  /**
   * Opens a folder to read it, also while another process writes it, and changes nothing in it.
   * Events are as they were when the first question was asked, to about a second; writing fails.
   *
   * @throws BackendException.Misconfigured if the folder is of a newer format, or if this process
   *     has no right to it
   */
  public static EmbeddedStorage read(Path folder, Clock clock) {
    Objects.requireNonNull(folder, "folder");
    try {
      Path format = folder.resolve(FORMAT_FILE);
      if (Files.exists(format)) {
        requireFormat(folder, Files.readString(format).strip());
      }
    } catch (IOException e) {
      throw LuceneErrors.translate(folder, e);
    }
    return new EmbeddedStorage(
        null,
        LuceneLogStore.builder(folder.resolve(SEARCH_FOLDER), clock).readOnly().build(),
        new MvReader(folder.resolve(STORE_FILE)));
  }

  /**
   * The process that has a folder; empty if none has. What it says may be out of date at once.
   *
   * @throws BackendException.Misconfigured if this process has no right to the folder
   */
  public static Optional<String> owner(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try {
      return FolderLock.owner(folder);
    } catch (IOException e) {
      throw LuceneErrors.translate(folder, e);
    }
  }

  /** Keeps and finds events. */
  public LuceneLogStore logStore() {
    return logStore;
  }

  public RollupStore rollupStore() {
    return rollupStore;
  }

  public DocumentStore documentStore() {
    return documentStore;
  }

  /**
   * Reads all statistics and documents; fails with {@link BackendException.Misconfigured} if some
   * of them are damaged.
   */
  public Mono<Void> checkStatistics() {
    return mvFile.<Boolean>reading(EmbeddedStorage::readAll).then();
  }

  private static boolean readAll(MvMaps maps) {
    for (MVMap<?, ?> map :
        List.of(maps.cells(), maps.documents(), maps.deletions(), maps.changes())) {
      long entries = 0;
      for (Cursor<?, ?> cursor = map.cursor(null); cursor.hasNext(); cursor.next()) {
        entries++;
      }
      if (entries != map.sizeAsLong()) {
        throw new IllegalStateException(
            map.getName() + " has " + entries + " entries of " + map.sizeAsLong());
      }
    }
    return true;
  }

  /** Closes the stores and lets go of the folder. Idempotent. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      logStore.close();
    } finally {
      mvFile.close();
      closeQuietly(lock);
    }
  }

  private static void requireFormat(Path folder) throws IOException {
    Path file = folder.resolve(FORMAT_FILE);
    if (Files.notExists(file)) {
      Files.writeString(file, FORMAT + "\n");
      return;
    }
    String found = Files.readString(file).strip();
    if (found.isEmpty()) {
      // The process died while it wrote the first file of a new folder.
      Files.writeString(file, FORMAT + "\n");
      return;
    }
    requireFormat(folder, found);
  }

  private static void requireFormat(Path folder, String found) {
    if (!found.isEmpty() && !found.equals(Integer.toString(FORMAT))) {
      throw new BackendException.Misconfigured(
          folder
              + " has format "
              + found
              + "; this version of logdash reads "
              + FORMAT
              + " and no newer one; use the version that wrote it, or another folder",
          null);
    }
  }

  private static void closeQuietly(@Nullable FolderLock lock) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        // The lock ends with the process at the latest.
      }
    }
  }
}
