package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.PartitionId;
import dev.logdash.api.store.EventBatch;
import dev.logdash.core.store.DayIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** The index of one day: its writer while it is written, its reader while it is read. */
final class EventIndex {

  /*
   * Concurrency: several threads may append, refresh and commit at once; looking ids up and adding
   * what is new is one step under the lock of IdLookup. Opening and losing the writer hold the lock
   * of this object. Locks are taken in the order flushLock, batches, this, IdLookup.
   *
   * Loss: after a failure of the disk Lucene closes its writer, and what was appended since the last
   * commit is gone. The index then remembers the first offset lost of each partition and refuses to
   * go on with a partition until it is appended again from there, and to flush until all are. So no
   * caller can believe that lost events are safe.
   */

  private final DayIndex name;
  private final Path folder;
  private final Directory directory;
  private final long refreshNanos;
  private final ConcurrentLinkedQueue<EventDocument> documents = new ConcurrentLinkedQueue<>();
  private final Object flushLock = new Object();
  private final ReadWriteLock batches = new ReentrantReadWriteLock();
  private final Map<PartitionId, Long> unflushed = new ConcurrentHashMap<>();
  private final Map<PartitionId, Long> flushing = new ConcurrentHashMap<>();
  private final Map<PartitionId, Long> lost = new ConcurrentHashMap<>();
  private final AtomicBoolean dirty = new AtomicBoolean();
  private volatile DayState state;
  private volatile @Nullable IndexWriter writer;
  private @Nullable DirectoryReader reader;
  private @Nullable IdLookup lookup;
  private volatile boolean changed;
  private volatile @Nullable Throwable damage;
  private long refreshedAt;
  private volatile long usedAt;

  EventIndex(DayIndex name, Path root, long refreshNanos) throws IOException {
    this.name = name;
    this.folder = root.resolve(name.name());
    this.directory = FSDirectory.open(folder);
    this.refreshNanos = refreshNanos;
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
    return dirty.get() || !lost.isEmpty();
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
  int append(EventBatch batch, List<LogEvent> events, double ramMegabytes, Slices slices)
      throws IOException {
    batches.readLock().lock();
    try {
      return appendNow(batch, events, ramMegabytes, slices);
    } finally {
      batches.readLock().unlock();
    }
  }

  private int appendNow(EventBatch batch, List<LogEvent> events, double ramMegabytes, Slices slices)
      throws IOException {
    requireSound();
    requireReplayed(batch);
    IndexWriter open = open(ramMegabytes);
    DayState current = state;
    PartitionId partition = batch.partition();
    boolean isNew = !batch.resendable() && current.isNew(partition, batch.firstOffset());
    unflushed.merge(partition, batch.firstOffset(), Math::min);
    current.cover(partition, batch.lastOffset());
    for (LogEvent event : events) {
      current.coverTime(event.timestampNanos());
    }
    dirty.set(true);
    usedAt = System.nanoTime();
    try {
      int added;
      if (isNew) {
        List<LogEvent> distinct = distinct(events);
        idLookup(open).addedBlindly();
        slices.run(distinct, slice -> add(open, current, slice));
        added = distinct.size();
      } else {
        added = idLookup(open).addMissing(distinct(events), event -> add(open, current, event));
      }
      changed = true;
      return added;
    } catch (IOException | RuntimeException e) {
      changed = true;
      loseIfBroken(open, e);
      throw e;
    }
  }

  private static List<LogEvent> distinct(List<LogEvent> events) {
    Set<String> ids = new HashSet<>(2 * events.size());
    for (int i = 0; i < events.size(); i++) {
      if (!ids.add(events.get(i).id())) {
        List<LogEvent> distinct = new ArrayList<>(events.subList(0, i));
        for (LogEvent event : events.subList(i, events.size())) {
          if (ids.add(event.id())) {
            distinct.add(event);
          }
        }
        return distinct;
      }
    }
    return events;
  }

  private void add(IndexWriter open, DayState current, List<LogEvent> events) throws IOException {
    EventDocument document = documents.poll();
    if (document == null) {
      document = new EventDocument();
    }
    for (LogEvent event : events) {
      open.addDocument(document.of(event, current));
    }
    documents.add(document);
  }

  private void add(IndexWriter open, DayState current, LogEvent event) throws IOException {
    add(open, current, List.of(event));
  }

  /** Takes note that a partition is appended again from an offset on. */
  void replayed(PartitionId partition, long firstOffset) {
    lost.computeIfPresent(partition, (key, from) -> firstOffset <= from ? null : from);
  }

  /** Makes everything appended so far durable. */
  void flush() throws IOException {
    synchronized (flushLock) {
      flushNow();
    }
  }

  private void flushNow() throws IOException {
    if (!lost.isEmpty()) {
      requireSound();
    }
    requireReplayed();
    IndexWriter open;
    batches.writeLock().lock();
    try {
      if (!dirty.getAndSet(false)) {
        return;
      }
      open = writer;
      unflushed.forEach((partition, offset) -> flushing.merge(partition, offset, Math::min));
      unflushed.clear();
    } finally {
      batches.writeLock().unlock();
    }
    try {
      if (open == null) {
        throw new IOException("the writer of " + name.name() + " was closed with events in it");
      }
      open.commit();
      flushing.clear();
    } catch (IOException | RuntimeException e) {
      dirty.set(true);
      loseIfBroken(open, e);
      throw e;
    }
  }

  /** Removes the events of a query, durable when it returns. */
  void delete(Query query, double ramMegabytes) throws IOException {
    requireReplayed();
    IndexWriter open = open(ramMegabytes);
    try {
      open.deleteDocuments(query);
      dirty.set(true);
      changed = true;
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
      if (changed && (now || reader == null || System.nanoTime() - refreshedAt > refreshNanos)) {
        refresh();
      }
      if (reader == null && writer == null && DirectoryReader.indexExists(directory)) {
        openCommitted();
      }
      if (reader != null) {
        reader.incRef();
      }
      return reader;
    }
  }

  private synchronized void refresh() throws IOException {
    IndexWriter open = writer;
    DirectoryReader old = reader;
    changed = false;
    refreshedAt = System.nanoTime();
    if (open == null) {
      return;
    }
    DirectoryReader fresh =
        old == null ? DirectoryReader.open(open) : DirectoryReader.openIfChanged(old, open);
    if (fresh != null) {
      reader = fresh;
      if (old != null) {
        old.close();
      }
    }
  }

  private synchronized IndexWriter open(double ramMegabytes) throws IOException {
    IndexWriter open = writer;
    if (open != null && open.isOpen()) {
      return open;
    }
    if (open != null) {
      lose();
    }
    ConcurrentMergeScheduler merges = new QuietMerges();
    merges.setDefaultMaxMergesAndThreads(false);
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setRAMBufferSizeMB(ramMegabytes)
            .setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_SPEED))
            .setMergeScheduler(merges)
            .setCommitOnClose(false);
    open = new IndexWriter(directory, config);
    open.setLiveCommitData(() -> state.toCommitData().entrySet().iterator());
    DirectoryReader old = reader;
    try {
      reader = DirectoryReader.open(open);
      // What a writer before had seen and lost must not count.
      state =
          DirectoryReader.indexExists(directory)
              ? DayState.read(name, SegmentInfos.readLatestCommit(directory).getUserData(), reader)
              : DayState.empty();
    } catch (IOException | RuntimeException e) {
      open.rollback();
      throw e;
    }
    writer = open;
    lookup = new IdLookup(open);
    if (old != null) {
      old.close();
    }
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
    for (Map<PartitionId, Long> gone : List.of(unflushed, flushing)) {
      gone.forEach((partition, offset) -> lost.merge(partition, offset, Math::min));
      gone.clear();
    }
    dirty.set(false);
    try {
      closeReaders();
      if (failed != null) {
        failed.rollback();
      }
    } catch (IOException | RuntimeException e) {
      // The next use opens the last commit, or meets the same failure and reports it.
      reader = null;
    }
  }

  private void requireSound() {
    BackendException failure = failure();
    if (failure != null) {
      throw failure;
    }
  }

  private void requireReplayed(EventBatch batch) {
    Long from = lost.get(batch.partition());
    if (from != null && batch.firstOffset() > from) {
      throw LostEvents.of(name, batch.partition(), from);
    }
  }

  private void requireReplayed() {
    Iterator<Map.Entry<PartitionId, Long>> entries = lost.entrySet().iterator();
    if (entries.hasNext()) {
      Map.Entry<PartitionId, Long> entry = entries.next();
      throw LostEvents.of(name, entry.getKey(), entry.getValue());
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
    reader = committed;
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
    DirectoryReader old = reader;
    reader = DirectoryReader.open(directory);
    changed = false;
    if (old != null) {
      old.close();
    }
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
    closeLookup();
    DirectoryReader old = reader;
    reader = null;
    if (old != null) {
      old.close();
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

  /** Leaves the failure of a merge to the writer, whose next call fails with it. */
  private static final class QuietMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable failure) {}
  }

  /** Does work on the parts of a batch, in as many threads as it likes. */
  interface Slices {
    void run(List<LogEvent> events, Work work) throws IOException;
  }

  /** Something done to a part of a batch. */
  interface Work {
    void run(List<LogEvent> events) throws IOException;
  }
}
