package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.RecordBatch;
import dev.logdash.core.spool.LaneTail.Extent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Reads a lane for one subscriber. All of its state but the demand belongs to one serial worker.
 *
 * <p>When it has caught up it waits to be woken by the next append, and tells meanwhile, at an
 * interval, that time has passed.
 */
final class LaneReader implements Subscription {

  private static final int STEP_BYTES = 256 * 1024;
  // A batch ends behind the record with which it reaches one of these.
  private static final int BATCH_RECORDS = 2_000;
  private static final int BATCH_BYTES = 1024 * 1024;
  // How often a reader that has caught up hears that time has passed.
  private static final long IDLE_MILLIS = 250;

  private final LaneTail tail;
  private final CoreSubscriber<? super RecordBatch> subscriber;
  private final Runnable released;
  private final Scheduler.Worker worker;
  private final RecordDecoder decoder;
  private final AtomicLong demand = new AtomicLong();

  private volatile boolean ended;
  private volatile boolean completing;
  private long wanted;
  private long segment = -1;
  private @Nullable SpoolFile file;
  private @Nullable FrameReader frames;
  private long position;
  private @Nullable Disposable timer;
  private boolean closed;

  LaneReader(
      LaneTail tail,
      long fromOffset,
      CoreSubscriber<? super RecordBatch> subscriber,
      Scheduler scheduler,
      Runnable released) {
    this.tail = tail;
    this.wanted = fromOffset;
    this.subscriber = subscriber;
    this.released = released;
    this.worker = scheduler.createWorker();
    this.decoder = new RecordDecoder(tail.producer());
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      schedule(() -> fail(new IllegalArgumentException("request is not positive: " + n)));
    } else {
      // Saturates: a demand that large never runs out.
      demand.accumulateAndGet(n, Operators::addCap);
      schedule(this::drain);
    }
  }

  @Override
  public void cancel() {
    ended = true;
    if (!schedule(this::close)) {
      close();
    }
  }

  void complete() {
    completing = true;
    schedule(this::drain);
  }

  private boolean schedule(Runnable task) {
    try {
      worker.schedule(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void drain() {
    try {
      while (!ended && !completing && demand.get() > 0) {
        RecordBatch batch = readBatch();
        if (batch == null) {
          waitForMore();
          return;
        }
        emit(batch);
      }
    } catch (IOException | BackendException e) {
      fail(SpoolErrors.translate(e));
      return;
    }
    if (completing && !ended) {
      ended = true;
      close();
      subscriber.onComplete();
    }
  }

  private void emit(RecordBatch batch) {
    stopTimer();
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    subscriber.onNext(batch);
  }

  private void waitForMore() {
    Disposable running = timer;
    if (running == null || running.isDisposed()) {
      timer = worker.schedule(this::idle, IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }
    tail.wakeOnAppend(() -> schedule(this::drain));
    if (tail.hasMore(segment, position)) {
      schedule(this::drain);
    }
  }

  private void idle() {
    timer = null;
    if (ended || completing || demand.get() == 0) {
      return;
    }
    RecordBatch idle = tail.nothingBehind(segment, position);
    if (idle != null) {
      emit(idle);
    }
    drain();
  }

  /** The next records, or null if there are none yet. */
  private @Nullable RecordBatch readBatch() throws IOException {
    List<RawRecord> records = new ArrayList<>();
    long bytes = 0;
    while (records.size() < BATCH_RECORDS && bytes < BATCH_BYTES) {
      FrameReader reader = frames;
      if (reader == null) {
        reader = openSegment(tail.find(wanted));
      }
      Extent extent = tail.extent(segment);
      long end = extent.active() ? extent.end() : open().size();
      if (!read(reader, records, end, bytes)) {
        if (extent.active()) {
          break;
        }
        leave(tail.after(segment));
      }
      bytes = 0;
      for (RawRecord record : records) {
        bytes += record.length();
      }
    }
    if (records.isEmpty()) {
      return null;
    }
    RawRecord last = records.get(records.size() - 1);
    return new RecordBatch(records, last.offset() + 1, last.receivedNanos());
  }

  /** Reads on in the segment; false when its end is reached. */
  private boolean read(FrameReader reader, List<RawRecord> records, long end, long before)
      throws IOException {
    long bytes = before;
    reader.from(position, end).expecting(wanted, Long.MAX_VALUE);
    while (records.size() < BATCH_RECORDS && bytes < BATCH_BYTES) {
      boolean more = reader.next();
      if (reader.damageStart() >= 0) {
        tail.damaged(segment, reader.damageStart());
      }
      if (!more) {
        position = Math.max(position, end);
        return false;
      }
      position = reader.position();
      // A segment that could not be forced is followed by one that repeats its last records.
      if (reader.isRecord() && reader.seq() >= wanted) {
        records.add(decoder.decode(reader));
        bytes += reader.frameBytes();
        wanted = reader.seq() + 1;
      }
    }
    return true;
  }

  private FrameReader openSegment(long first) throws IOException {
    long number = first;
    SpoolFile opened = tail.open(number);
    while (opened == null) {
      number = tail.after(number);
      opened = tail.open(number);
    }
    FrameReader reader = new FrameReader(opened, tail.saltOf(number), STEP_BYTES);
    file = opened;
    frames = reader;
    segment = number;
    position = 0;
    return reader;
  }

  private void leave(long next) throws IOException {
    closeFile();
    openSegment(next);
  }

  private SpoolFile open() throws IOException {
    SpoolFile opened = file;
    if (opened == null) {
      throw new IOException("The segment is not open");
    }
    return opened;
  }

  private void fail(Throwable error) {
    if (!ended) {
      ended = true;
      close();
      subscriber.onError(error);
    }
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    tail.wakeOnAppend(null);
    stopTimer();
    try {
      closeFile();
    } catch (IOException e) {
      tail.closeFailed(e);
    }
    worker.dispose();
    released.run();
  }

  private void stopTimer() {
    Disposable running = timer;
    if (running != null) {
      running.dispose();
      timer = null;
    }
  }

  private void closeFile() throws IOException {
    SpoolFile opened = file;
    file = null;
    frames = null;
    if (opened != null) {
      opened.close();
    }
  }
}
