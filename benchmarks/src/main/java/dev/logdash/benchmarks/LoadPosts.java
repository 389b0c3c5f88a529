package dev.logdash.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts events at a steady rate, whatever the server does: a sender that falls behind sends at once
 * until it is in time again, and what is not sent at the end is not sent at all.
 */
final class LoadPosts {

  private static final int SENDERS = 4;
  private static final int BATCH = 500;

  private final LoadServer server;
  private final Clock clock;
  private final long offered;
  private final double nanosPerEvent;
  private final AtomicLong next = new AtomicLong();

  // All guarded by this.
  private final BitSet accepted = new BitSet();
  private final BitSet refused = new BitSet();

  /**
   * @param rate events in a second
   */
  LoadPosts(LoadServer server, Clock clock, int rate, int seconds) {
    this.server = server;
    this.clock = clock;
    offered = (long) rate * seconds;
    nanosPerEvent = 1e9 / rate;
  }

  /** Posts until the time is over and every answer has come. */
  void run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start + (long) (offered * nanosPerEvent);
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    try {
      List<Future<Void>> work = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        work.add(
            senders.submit(
                () -> {
                  send(start, end);
                  return null;
                }));
      }
      for (Future<Void> sender : work) {
        sender.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a sender failed", e.getCause());
    } finally {
      senders.shutdownNow();
    }
  }

  long offered() {
    return offered;
  }

  /** The numbers of the events that the server said it has. */
  synchronized BitSet accepted() {
    return (BitSet) accepted.clone();
  }

  /** The numbers of those that it said it does not take. */
  synchronized BitSet refused() {
    return (BitSet) refused.clone();
  }

  private void send(long start, long end) throws IOException, InterruptedException {
    while (true) {
      long from = next.getAndAdd(BATCH);
      int count = (int) Math.min(BATCH, offered - from);
      long due = start + (long) (from * nanosPerEvent);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      if (count <= 0 || System.nanoTime() >= end) {
        return;
      }
      note((int) from, count, server.ingest(LoadLines.body(from, count, clock.instant())));
    }
  }

  private synchronized void note(int from, int count, HttpResponse<String> answer)
      throws IOException {
    switch (answer.statusCode()) {
      case 200:
        accepted.set(from, from + count);
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        for (JsonNode item : body.get("rejected")) {
          accepted.clear(from + item.get("index").asInt());
          refused.set(from + item.get("index").asInt());
        }
        return;
      case 429:
        refused.set(from, from + count);
        return;
      default:
        throw new IOException("answered " + answer.statusCode() + ": " + answer.body());
    }
  }
}
