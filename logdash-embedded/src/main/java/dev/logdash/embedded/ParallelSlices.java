package dev.logdash.embedded;

import dev.logdash.api.event.LogEvent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Indexes large batches in several threads; small ones are not worth the hand-over. */
final class ParallelSlices {

  private static final int WORTH_IT = 256;

  private final int count;
  private final Workers workers;

  ParallelSlices(int count) {
    this.count = count;
    this.workers = new Workers("logdash-lucene-index", Math.max(1, count - 1), 1_000);
  }

  /** Something done to a part of a batch. */
  interface Work {
    void run(List<LogEvent> events) throws IOException;
  }

  /** Does work on the parts of a batch, in as many threads as are worth it. */
  void run(List<LogEvent> events, Work work) throws IOException {
    int parts = Math.min(count, events.size() / WORTH_IT);
    if (parts < 2) {
      work.run(events);
      return;
    }
    List<Future<?>> others = new ArrayList<>();
    int size = (events.size() + parts - 1) / parts;
    for (int from = size; from < events.size(); from += size) {
      List<LogEvent> part = events.subList(from, Math.min(from + size, events.size()));
      others.add(
          workers
              .threads()
              .submit(
                  () -> {
                    work.run(part);
                    return null;
                  }));
    }
    try {
      work.run(events.subList(0, size));
    } finally {
      await(others);
    }
  }

  private static void await(List<Future<?>> others) throws IOException {
    IOException failure = null;
    for (Future<?> other : others) {
      try {
        other.get();
      } catch (ExecutionException e) {
        failure = new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new InterruptedIOException();
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  void close() {
    workers.close();
  }
}
