package dev.logdash.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Mono;

/**
 * Counts how often a process comes to each gap, in a file that outlives it, and holds the process
 * in one of them until it is killed from outside.
 */
final class GapWatch implements Closeable {

  private static final int ANNOUNCEMENT = Gap.values().length * Long.BYTES;
  private static final int SURVIVED = 99;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final FileChannel file;
  private final long[] hits = new long[Gap.values().length];
  private final Gap target;
  private final int times;

  /**
   * @param times at which pass through the target the process is to stay there; 0 for never
   */
  GapWatch(Path path, Gap target, int times) throws IOException {
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    this.target = target;
    this.times = times;
    put(ANNOUNCEMENT, 0);
  }

  /** What a process left in its file. */
  record Report(long[] hits, boolean announced) {

    static Report read(Path path) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(ANNOUNCEMENT + Long.BYTES);
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
        int read = file.read(bytes, 0);
        bytes.rewind();
        long[] hits = new long[Gap.values().length];
        if (read < bytes.capacity()) {
          return new Report(hits, false);
        }
        bytes.asLongBuffer().get(hits);
        return new Report(hits, bytes.getLong(ANNOUNCEMENT) != 0);
      }
    }

    long passes() {
      long sum = 0;
      for (long count : hits) {
        sum += count;
      }
      return sum;
    }
  }

  /** Counts a pass; whether the process is to stay. */
  boolean reached(Gap gap) {
    synchronized (hits) {
      long count = ++hits[gap.ordinal()];
      put(gap.ordinal() * Long.BYTES, count);
      return gap == target && count == times;
    }
  }

  /** Comes to a gap; does not return if the process is to stay. */
  void pass(Gap gap) {
    if (reached(gap)) {
      stay();
    }
  }

  /** Asks for the kill and waits for it. */
  void stay() {
    announce();
    awaitDeath();
  }

  /**
   * The step as it is, unless it is the one to be killed in: the kill then comes before its end.
   */
  <T> Mono<T> during(Gap gap, Mono<T> step) {
    return Mono.defer(
        () -> {
          if (!reached(gap)) {
            return step;
          }
          announce();
          return step.doOnTerminate(GapWatch::awaitDeath);
        });
  }

  private void announce() {
    put(ANNOUNCEMENT, 1);
  }

  private static void awaitDeath() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    Runtime.getRuntime().halt(SURVIVED);
  }

  private void put(int at, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(value).flip();
    try {
      file.write(bytes, at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
