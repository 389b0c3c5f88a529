package dev.logdash.embedded;

import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.rollup.RollupStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The stores in one data folder, for one process at a time: {@code lock} with the id of that
 * process, {@code format}, {@code search/} with the indices, {@code store.mv} with rollups and
 * documents.
 */
public final class EmbeddedStorage implements AutoCloseable {

  /** The format of the folder; a folder of a newer one is refused. */
  static final int FORMAT = 1;

  private static final String LOCK_FILE = "lock";
  private static final String FORMAT_FILE = "format";
  private static final String SEARCH_FOLDER = "search";
  private static final String STORE_FILE = "store.mv";
  private static final int MAX_PID_BYTES = 32;

  private final FileChannel lockFile;
  private final LuceneLogStore logStore;
  private final MvRollupStore rollupStore;
  private final MvDocumentStore documentStore;
  private final MvFile mvFile;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedStorage(FileChannel lockFile, LuceneLogStore logStore, MvFile mvFile) {
    this.lockFile = lockFile;
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
    FileChannel lockFile = null;
    try {
      Files.createDirectories(folder);
      lockFile = lock(folder);
      requireFormat(folder);
      return new EmbeddedStorage(
          lockFile, logStore.build(), new MvFile(folder.resolve(STORE_FILE)));
    } catch (FileAlreadyExistsException e) {
      closeQuietly(lockFile);
      throw new BackendException.Misconfigured(folder + " is no folder", e);
    } catch (IOException e) {
      closeQuietly(lockFile);
      throw LuceneErrors.translate(folder, e);
    } catch (RuntimeException e) {
      closeQuietly(lockFile);
      throw e;
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
      closeQuietly(lockFile);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Somebody else in this process has it.
    } catch (IOException e) {
      closeQuietly(channel);
      throw e;
    }
    if (lock == null) {
      String owner = owner(channel);
      closeQuietly(channel);
      throw new BackendException.Misconfigured(
          folder
              + " is in use"
              + (owner.isEmpty() ? "" : " by process " + owner)
              + "; stop that first, or choose another data folder",
          null);
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  private static String owner(FileChannel channel) {
    try {
      ByteBuffer pid = ByteBuffer.allocate(MAX_PID_BYTES);
      channel.read(pid, 0);
      return new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      // Windows lets nobody read what is locked; the message does without.
      return "";
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
    if (!found.equals(Integer.toString(FORMAT))) {
      throw new BackendException.Misconfigured(
          folder
              + " has format "
              + found
              + "; this version of logdash reads "
              + FORMAT
              + " and no newer one",
          null);
    }
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The lock ends with the process at the latest.
      }
    }
  }
}
