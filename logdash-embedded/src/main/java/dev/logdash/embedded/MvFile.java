package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The one MVStore file of the rollup and the document store. Opened by the first use; closed when
 * the last of its users is.
 */
final class MvFile implements MvAccess {

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

  private static final int COMPACT_EVERY = 32;
  private static final int COMPACT_FILL_PERCENT = 60;
  private static final int COMPACT_BYTES = 8 << 20;
  private static final int CACHE_MIB = 4;
  // Each commit is synced, so the chunks it no longer uses need no time to become safe.
  private static final int RETENTION_MILLIS = 0;
  private static final int THREADS = 4;
  private static final int QUEUED = 100_000;

  /**
   * So many versions before the newest one is any page they need overwritten; readers rely on it.
   */
  static final int VERSIONS_KEPT = 5;

  private final Path file;
  private final Workers workers;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Object syncing = new Object();
  private final MvUsers users = new MvUsers(this::close);
  private @Nullable MvMaps maps;
  private boolean closed;
  // Tickets are taken under the write lock; durable is guarded by syncing.
  private long written;
  private long durable;
  private long commits;

  MvFile(Path file) {
    this.file = Objects.requireNonNull(file, "file");
    this.workers = new Workers("logdash-mvstore", THREADS, QUEUED);
  }

  @Override
  public Runnable use() {
    return users.enter();
  }

  @Override
  public <T> Mono<T> reading(Work<T> work) {
    return workers.run(Mono.fromCallable(() -> read(work)));
  }

  @Override
  public <T> Mono<T> writing(Work<T> work) {
    return workers.run(Mono.fromCallable(() -> write(work)));
  }

  @Override
  public void close() {
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
    } catch (RuntimeException e) {
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
    } catch (BackendException | IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
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
      } catch (BackendException e) {
        throw e;
      } catch (RuntimeException e) {
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

  private MvMaps current() {
    MvMaps open = maps;
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

  private MvMaps open() {
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
      store.setVersionsToKeep(VERSIONS_KEPT);
      requireFormat(store);
      return MvMaps.of(store);
    } catch (RuntimeException | IOException e) {
      closeQuietly(store);
      throw MvErrors.translate(file, e);
    }
  }

  private void requireFormat(MVStore store) {
    MvErrors.requireReadable(file, store);
    if (store.getStoreVersion() == 0) {
      store.setStoreVersion(MvMaps.FORMAT);
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
}
