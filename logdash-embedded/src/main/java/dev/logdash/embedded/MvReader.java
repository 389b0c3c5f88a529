package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads the MVStore file while another process may be writing it. */
final class MvReader implements MvAccess {

  /*
   * Consistency: MVStore appends, and the writer overwrites a page only when it is in none of its
   * last VERSIONS_KEPT versions. So what was read of a version is right if the file is at most a few
   * versions further when the reading has ended; otherwise it is read again. A version that is just
   * being written is not complete, and MVStore opens the one before it.
   */

  // One version may be on its way to the disk while the one before it is looked at.
  private static final long SAFE_VERSIONS = MvFile.VERSIONS_KEPT - 2;
  private static final int ATTEMPTS = 20;
  private static final int THREADS = 1;
  private static final int QUEUED = 1_000;
  // An MVStore file begins with two blocks that its writer fills first.
  private static final long HEADER_BYTES = 2 * 4096L;

  private final Path file;
  private final Workers workers = new Workers("logdash-mvstore-read", THREADS, QUEUED);
  private final MvUsers users = new MvUsers(this::close);
  private @Nullable MvMaps maps;

  MvReader(Path file) {
    this.file = file;
  }

  @Override
  public <T> Mono<T> reading(Work<T> work) {
    return workers.run(Mono.fromCallable(() -> read(work)));
  }

  @Override
  public <T> Mono<T> writing(Work<T> work) {
    return Mono.error(
        () -> new BackendException.Misconfigured(file + " was opened only to read it", null));
  }

  @Override
  public Runnable use() {
    return users.enter();
  }

  @Override
  public void close() {
    workers.close();
    synchronized (this) {
      discard();
    }
  }

  private synchronized <T> @Nullable T read(Work<T> work) {
    BackendException failure = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        MvMaps before = maps == null ? open() : maps;
        maps = before;
        T result = work.apply(before);
        MvMaps after = open();
        maps = after;
        long passed = after.store().getCurrentVersion() - before.store().getCurrentVersion();
        before.store().closeImmediately();
        if (passed >= 0 && passed <= SAFE_VERSIONS) {
          return result;
        }
        failure = null;
      } catch (RuntimeException | IOException e) {
        failure = MvErrors.translate(file, e);
        discard();
      }
    }
    throw failure != null
        ? failure
        : new BackendException.Overloaded(
            file + " is written faster than it can be read; try again", null);
  }

  private MvMaps open() throws IOException {
    if (Files.notExists(file) || Files.size(file) < HEADER_BYTES) {
      return MvMaps.of(MVStore.open(null));
    }
    SharedFile bytes = new SharedFile(file);
    MVStore store = null;
    try {
      store = new MVStore.Builder().adoptFileStore(bytes).readOnly().autoCommitDisabled().open();
      MvErrors.requireReadable(file, store);
      return MvMaps.of(store);
    } catch (RuntimeException e) {
      if (store != null) {
        store.closeImmediately();
      } else {
        bytes.close();
      }
      throw e;
    }
  }

  private void discard() {
    MvMaps open = maps;
    maps = null;
    if (open != null) {
      open.store().closeImmediately();
    }
  }
}
