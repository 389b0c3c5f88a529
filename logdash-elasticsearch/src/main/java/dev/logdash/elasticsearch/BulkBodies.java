package dev.logdash.elasticsearch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Bodies of requests that were answered, to be used again. Safe for use by many threads. */
final class BulkBodies {

  // As many as two partitions send at a time.
  private static final int MOST = 4;
  // A body that grew beyond it was of unusual events.
  private static final int MOST_BYTES = 4 << 20;

  private final BlockingQueue<BulkBody> idle = new ArrayBlockingQueue<>(MOST);

  /**
   * An empty body.
   *
   * @param expectedBytes what it will about have
   */
  BulkBody take(int expectedBytes) {
    BulkBody body = idle.poll();
    return body == null ? new BulkBody(expectedBytes) : body;
  }

  /** Takes a body back, of which nobody reads anything any more. */
  void giveBack(BulkBody body) {
    body.clear();
    if (body.capacity() <= MOST_BYTES) {
      // Where there are enough it is left to the collector.
      boolean unused = idle.offer(body);
    }
  }
}
