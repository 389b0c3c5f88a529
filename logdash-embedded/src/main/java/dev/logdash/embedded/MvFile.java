package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The one MVStore file of the rollup and the document store. Opened by the first use; closed when
 * the last of its users is.
 */
final class MvFile {

  /*
   * Durability: a commit alone leaves the file to the operating system, so a write completes only
   * after a sync. Writers that wait at the same time share one commit and one sync.
   *
   * Atomicity: a commit holds the write lock, so what one writer did to several maps is never torn
   * apart by it; reads hold the read lock, so no chunk is freed under them.
   *
   * Space: MVStore's own background thread is off, since it would commit halves of a write. Every
   * COMPACT_EVERY commits the emptiest chunks are written anew here.
   *
   * Failure: after a failed write the state on the heap is not what is on disk, so the store is
   * thrown away and opened again from the last commit.
   */

  static final int FORMAT = 1;

  private static final int COMPACT_EVERY = 32;
  private static final int COMPACT_FILL_PERCENT = 60;
  private static final int COMPACT_BYTES = 8 << 20;
  private static final int CACHE_MIB = 4;
  // Each commit is synced, so the chunks it no longer uses need no time to become safe.
  private static final int RETENTION_MILLIS = 0;
  private static final int THREADS = 4;
  private static final int QUEUED = 100_000;

  private final Path file;
  private final Workers workers;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Object syncing = new Object();
  private @Nullable Maps maps;
  private boolean closed;
  private int users;
  // Tickets are taken under the write lock; durable is guarded by syncing.
  private long written;
  private long durable;
  private long commits;

  /** The open store. */
  record Maps(
      MVStore store,
      MVMap<byte[], byte[]> cells,
      MVMap<String, byte[]> documents,
      MVMap<String, Long> deletions,
      MVMap<Long, String> changes) {}

  /** Something done to the maps. */
  interface Work<T> {
    @Nullable T apply(Maps maps);
  }

  MvFile(Path file) {
    this.file = Objects.requireNonNull(file, "file");
    this.workers = new Workers("logdash-mvstore", THREADS, QUEUED);
  }

  /** Counts a store that uses this file. */
  synchronized MvFile use() {
    users++;
    return this;
  }

  synchronized void release() {
    users--;
    if (users <= 0) {
      close();
    }
  }

  <T> Mono<T> reading(Work<T> work) {
    return workers.run(Mono.fromCallable(() -> read(work)));
  }

  /** Runs work whose changes are durable when the result is there. */
  <T> Mono<T> writing(Work<T> work) {
    return workers.run(Mono.fromCallable(() -> write(work)));
  }

  Mono<Void> check() {
    return this.<Boolean>reading(opened -> true).then();
  }

  void close() {
    workers.close();
    lock.writeLock().lock();
    try {
      closed = true;
      if (maps != null) {
        maps.store().close();
        maps = null;
      }
    } catch (MVStoreException e) {
      discard();
    } finally {
      lock.writeLock().unlock();
    }
  }

  <T> @Nullable T read(Work<T> work) {
    requireOpen();
    lock.readLock().lock();
    try {
      return work.apply(current());
    } catch (MVStoreException e) {
      throw MvErrors.translate(file, e);
    } finally {
      lock.readLock().unlock();
    }
  }

  <T> @Nullable T write(Work<T> work) {
    @Nullable T result;
    long ticket;
    lock.writeLock().lock();
    try {
      requireOpen();
      result = work.apply(current());
      ticket = ++written;
    } catch (MVStoreException e) {
      discard();
      throw MvErrors.translate(file, e);
    } finally {
      lock.writeLock().unlock();
    }
    sync(ticket);
    return result;
  }

  private void sync(long ticket) {
    synchronized (syncing) {
      if (durable >= ticket) {
        return;
      }
      try {
        long upTo;
        MVStore store;
        lock.writeLock().lock();
        try {
          if (maps == null) {
            throw new BackendException.Unavailable(
                "the store was closed before a write to " + file + " was safe", null);
          }
          store = maps.store();
          store.commit();
          if (++commits % COMPACT_EVERY == 0) {
            store.compact(COMPACT_FILL_PERCENT, COMPACT_BYTES);
            store.commit();
          }
          upTo = written;
        } finally {
          lock.writeLock().unlock();
        }
        store.sync();
        durable = upTo;
      } catch (MVStoreException e) {
        lock.writeLock().lock();
        try {
          discard();
        } finally {
          lock.writeLock().unlock();
        }
        throw MvErrors.translate(file, e);
      }
    }
  }

  private Maps current() {
    Maps open = maps;
    if (open == null) {
      throw new BackendException.Unavailable(file + " is closed", null);
    }
    return open;
  }

  private void requireOpen() {
    lock.writeLock().lock();
    try {
      if (closed) {
        throw new BackendException.Unavailable(file + " is closed", null);
      }
      if (maps == null || maps.store().isClosed()) {
        maps = open();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Maps open() {
    MVStore store = null;
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      store =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .compress()
              .cacheSize(CACHE_MIB)
              .open();
      store.setRetentionTime(RETENTION_MILLIS);
      requireFormat(store);
      return new Maps(
          store,
          store.openMap("cells", bytes(ByteArrayDataType.INSTANCE)),
          store.openMap("documents", bytes(StringDataType.INSTANCE)),
          store.openMap(
              "deletions",
              new MVMap.Builder<String, Long>()
                  .keyType(StringDataType.INSTANCE)
                  .valueType(LongDataType.INSTANCE)),
          store.openMap(
              "changes",
              new MVMap.Builder<Long, String>()
                  .keyType(LongDataType.INSTANCE)
                  .valueType(StringDataType.INSTANCE)));
    } catch (MVStoreException | IOException e) {
      closeQuietly(store);
      throw MvErrors.translate(file, e);
    } catch (BackendException e) {
      closeQuietly(store);
      throw e;
    }
  }

  private void requireFormat(MVStore store) {
    int found = store.getStoreVersion();
    if (found > FORMAT) {
      throw new BackendException.Misconfigured(
          file
              + " has format "
              + found
              + ", which a newer version of logdash wrote; this one reads up to "
              + FORMAT,
          null);
    }
    if (found == 0) {
      store.setStoreVersion(FORMAT);
    }
  }

  private void discard() {
    if (maps != null) {
      closeQuietly(maps.store());
      maps = null;
    }
  }

  private static void closeQuietly(@Nullable MVStore store) {
    if (store != null) {
      store.closeImmediately();
    }
  }

  private static <K> MVMap.Builder<K, byte[]> bytes(org.h2.mvstore.type.DataType<K> keys) {
    return new MVMap.Builder<K, byte[]>().keyType(keys).valueType(ByteArrayDataType.INSTANCE);
  }
}
