package dev.logdash.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One person who searches while logs come in: a question of the page every 200 ms, in turns. */
final class LoadSearches implements AutoCloseable {

  private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final List<String> QUESTIONS =
      List.of(
          "api/v1/search?limit=50",
          "api/v1/search?limit=50&q=timed",
          "api/v1/search?limit=50&q=log.level:error",
          "api/v1/count?q=service.name:shop-3",
          "api/v1/histogram?q=customer");

  private final LoadServer server;
  private final ExecutorService person = Executors.newSingleThreadExecutor();
  private final Future<List<Long>> times;
  private volatile boolean over;

  LoadSearches(LoadServer server) {
    this.server = server;
    times = person.submit(this::search);
  }

  /** How long each answer took, ascending, in nanoseconds. Ends the searches. */
  List<Long> end() throws IOException, InterruptedException, TimeoutException {
    over = true;
    try {
      return times.get(2, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new IOException("a search failed", e.getCause());
    }
  }

  @Override
  public void close() {
    over = true;
    person.shutdownNow();
  }

  private List<Long> search() throws IOException, InterruptedException {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; !over; i++) {
      long start = System.nanoTime();
      server.ask(QUESTIONS.get(i % QUESTIONS.size()));
      nanos.add(System.nanoTime() - start);
      LockSupport.parkNanos(start + EACH_NANOS - System.nanoTime());
    }
    Collections.sort(nanos);
    return nanos;
  }
}
