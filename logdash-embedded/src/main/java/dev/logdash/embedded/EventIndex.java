package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.EventBatch;
import dev.logdash.core.store.DayIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** The index of one day: its writer while it is written, its reader while it is read. */
final class EventIndex {

  /*
   * Concurrency: several threads may append, refresh and commit at once; looking ids up and adding
   * what is new is one step under the lock of IdLookup. Opening and losing the writer hold the lock
   * of this object. Locks are taken in the order flushLock, batches, this, IdLookup.
   *
   * Loss: after a failure of the disk Lucene closes its writer, and what was appended since the last
   * commit is gone. The index then refuses to go on with a partition until it is appended again from the
   * first offset lost on, and to flush until all are. So no caller can believe that lost events are
   * safe.
   */

  private final DayIndex name;
  private final Path folder;
  private final Directory directory;
  private final EventAdder adder = new EventAdder();
  private final Object flushLock = new Object();
  private final ReadWriteLock batches = new ReentrantReadWriteLock();
  private final UnflushedOffsets offsets;
  private final AtomicBoolean dirty = new AtomicBoolean();
  private final CurrentReader reader;
  private volatile DayState state;
  private volatile @Nullable IndexWriter writer;
  private @Nullable IdLookup lookup;
  private volatile @Nullable Throwable damage;
  private volatile long usedAt;

  EventIndex(DayIndex name, Path root, long refreshNanos) throws IOException {
    this.name = name;
    this.folder = root.resolve(name.name());
    this.directory = FSDirectory.open(folder);
    this.offsets = new UnflushedOffsets(name);
    this.reader = new CurrentReader(refreshNanos);
    this.state = DayState.empty();
    if (DirectoryReader.indexExists(directory)) {
      try {
        openCommitted();
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    }
  }

  DayIndex name() {
    return name;
  }

  DayState state() {
    return state;
  }

  boolean isWritable() {
    return writer != null;
  }

  boolean isDirty() {
    return dirty.get() || offsets.isAnyLost();
  }

  /** How much of the index is not on the disk yet. */
  long ramBytes() {
    IndexWriter open = writer;
    return open == null || !open.isOpen() ? 0 : open.ramBytesUsed();
  }

  long usedAt() {
    return usedAt;
  }

  /** Why nothing more is read from this index or written into it; null while it is sound. */
  @Nullable BackendException failure() {
    Throwable found = damage;
    return found == null ? null : LuceneErrors.damaged(folder, found);
  }

  /** Reads every byte of what is committed; answers whether it is as it was written. */
  boolean verify() throws IOException {
    DirectoryReader sound = acquire(false);
    if (sound == null) {
      return true;
    }
    try {
      for (LeafReaderContext leaf : sound.leaves()) {
        leaf.reader().checkIntegrity();
      }
      return true;
    } catch (IOException | RuntimeException | InternalError e) {
      // The kernel tells a file that became shorter while it was mapped by an InternalError.
      damage = e;
      return false;
    } finally {
      sound.decRef();
    }
  }

  /** What became of events: how many are new. The others were there before. */
  int append(EventBatch batch, List<LogEvent> events, double ramMegabytes, ParallelSlices slices)
      throws IOException {
    batches.readLock().lock();
    try {
      return appendNow(batch, events, ramMegabytes, slices);
    } finally {
      batches.readLock().unlock();
    }
  }

  private int appendNow(
      EventBatch batch, List<LogEvent> events, double ramMegabytes, ParallelSlices slices)
      throws IOException {
    requireSound();
    offsets.requireReplayed(batch);
    IndexWriter open = open(ramMegabytes);
    DayState current = state;
    PartitionId partition = batch.partition();
    boolean isNew = !batch.resendable() && current.isNew(partition, batch.firstOffset());
    offsets.appended(partition, batch.firstOffset());
    current.cover(partition, batch.lastOffset());
    for (LogEvent event : events) {
      current.coverTime(event.timestampNanos());
    }
    dirty.set(true);
    usedAt = System.nanoTime();
    try {
      int added;
      List<LogEvent> distinct = EventAdder.distinct(events);
      if (isNew) {
        idLookup(open).addedBlindly();
        slices.run(distinct, slice -> adder.add(open, current, slice));
        added = distinct.size();
      } else {
        added =
            idLookup(open).addMissing(distinct, event -> adder.add(open, current, List.of(event)));
      }
      reader.changed();
      return added;
    } catch (IOException | RuntimeException e) {
      reader.changed();
      loseIfBroken(open, e);
      throw e;
    }
  }

  /** Takes note that a partition is appended again from an offset on. */
  void replayed(PartitionId partition, long firstOffset) {
    offsets.replayed(partition, firstOffset);
  }

  /** Makes everything appended so far durable. */
  void flush() throws IOException {
    synchronized (flushLock) {
      flushNow();
    }
  }

  private void flushNow() throws IOException {
    if (offsets.isAnyLost()) {
      requireSound();
    }
    offsets.requireReplayed();
    IndexWriter open;
    batches.writeLock().lock();
    try {
      if (!dirty.getAndSet(false)) {
        return;
      }
      open = writer;
      offsets.flushing();
    } finally {
      batches.writeLock().unlock();
    }
    try {
      if (open == null) {
        throw new IOException("the writer of " + name.name() + " was closed with events in it");
      }
      open.commit();
      offsets.flushed();
    } catch (IOException | RuntimeException e) {
      dirty.set(true);
      loseIfBroken(open, e);
      throw e;
    }
  }

  /** Removes the events of a query, durable when it returns. */
  void delete(Query query, double ramMegabytes) throws IOException {
    offsets.requireReplayed();
    IndexWriter open = open(ramMegabytes);
    try {
      open.deleteDocuments(query);
      dirty.set(true);
      reader.changed();
      refresh();
    } catch (IOException | RuntimeException e) {
      loseIfBroken(open, e);
      throw e;
    }
    flush();
  }

  /** A reader that is recent enough for a search; to be released with {@code decRef}. */
  @Nullable DirectoryReader acquire(boolean now) throws IOException {
    synchronized (this) {
      usedAt = System.nanoTime();
      if (reader.isStale(now)) {
        refresh();
      }
      if (reader.get() == null && writer == null && DirectoryReader.indexExists(directory)) {
        openCommitted();
      }
      DirectoryReader current = reader.get();
      if (current != null) {
        current.incRef();
      }
      return current;
    }
  }

  private synchronized void refresh() throws IOException {
    reader.refresh(writer);
  }

  private synchronized IndexWriter open(double ramMegabytes) throws IOException {
    IndexWriter open = writer;
    if (open != null && open.isOpen()) {
      return open;
    }
    if (open != null) {
      lose();
    }
    open = new IndexWriter(directory, WriterConfig.of(ramMegabytes));
    open.setLiveCommitData(() -> state.toCommitData().entrySet().iterator());
    DirectoryReader fresh = null;
    try {
      fresh = DirectoryReader.open(open);
      // What a writer before had seen and lost must not count.
      state =
          DirectoryReader.indexExists(directory)
              ? DayState.read(name, SegmentInfos.readLatestCommit(directory).getUserData(), fresh)
              : DayState.empty();
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(fresh);
      open.rollback();
      throw e;
    }
    writer = open;
    lookup = new IdLookup(open);
    reader.replace(fresh);
    return open;
  }

  private synchronized IdLookup idLookup(IndexWriter open) {
    IdLookup current = lookup;
    if (current == null || writer != open) {
      throw new IllegalStateException("the writer of " + name.name() + " was closed");
    }
    return current;
  }

  void setRamMegabytes(double ramMegabytes) {
    IndexWriter open = writer;
    if (open != null && open.isOpen()) {
      open.getConfig().setRAMBufferSizeMB(ramMegabytes);
    }
  }

  private void loseIfBroken(@Nullable IndexWriter open, Exception failure) {
    Throwable found = LuceneErrors.damage(failure);
    if (found != null) {
      // A new writer would meet it again in its next merge.
      damage = found;
    }
    if (open == null || !open.isOpen() || failure instanceof IOException) {
      synchronized (this) {
        if (writer == open) {
          lose();
        }
      }
    }
  }

  /** Forgets a writer that failed, and what was not committed with it. */
  private synchronized void lose() {
    IndexWriter failed = writer;
    writer = null;
    offsets.lose();
    dirty.set(false);
    try {
      closeReaders();
      if (failed != null) {
        failed.rollback();
      }
    } catch (IOException | RuntimeException e) {
      // The next use opens the last commit, or meets the same failure and reports it.
    }
  }

  private void requireSound() {
    BackendException failure = failure();
    if (failure != null) {
      throw failure;
    }
  }

  private void openCommitted() throws IOException {
    DirectoryReader committed = DirectoryReader.open(directory);
    try {
      state = DayState.read(name, committed.getIndexCommit().getUserData(), committed);
    } catch (IOException | RuntimeException e) {
      committed.close();
      throw e;
    }
    reader.replace(committed);
  }

  /** Closes the writer, unless something in it is not flushed. */
  void closeWriter() throws IOException {
    synchronized (flushLock) {
      batches.writeLock().lock();
      try {
        if (!isDirty()) {
          closeFlushedWriter();
        }
      } finally {
        batches.writeLock().unlock();
      }
    }
  }

  private synchronized void closeFlushedWriter() throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      return;
    }
    writer = null;
    closeLookup();
    open.close();
    reader.replace(DirectoryReader.open(directory));
  }

  /** Lets go of everything; what was not flushed is lost. */
  synchronized void close() throws IOException {
    IndexWriter open = writer;
    writer = null;
    try {
      closeReaders();
      if (open != null) {
        open.rollback();
      }
    } finally {
      directory.close();
    }
  }

  private void closeReaders() throws IOException {
    try {
      closeLookup();
    } finally {
      reader.replace(null);
    }
  }

  private void closeLookup() throws IOException {
    IdLookup old = lookup;
    lookup = null;
    if (old != null) {
      old.close();
    }
  }

  Path folder() {
    return folder;
  }
}
