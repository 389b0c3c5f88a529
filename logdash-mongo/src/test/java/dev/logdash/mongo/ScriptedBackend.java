package dev.logdash.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.logdash.testing.mongo.AtomicBackend;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An emulator that answers some commands as a real MongoDB does in trouble. */
final class ScriptedBackend extends AtomicBackend {

  private static final long HELD_SECONDS = 20;

  private volatile Predicate<Document> applies = command -> false;
  private volatile UnaryOperator<Document> script = answer -> answer;
  private volatile boolean before;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger seen = new AtomicInteger();

  /** Answers with an error code in place of the next commands of a kind. */
  void fail(int times, int code, Predicate<Document> which) {
    script(
        times,
        which,
        true,
        unused ->
            new Document("ok", 0)
                .append("code", code)
                .append("errmsg", "scripted failure " + code));
  }

  /** Does the next command of a kind, and says that a majority did not confirm it. */
  void leaveUnconfirmed(Predicate<Document> which) {
    Document error = new Document("code", 64).append("errmsg", "waiting for replication timed out");
    script(1, which, false, answer -> answer.append("writeConcernError", error));
  }

  /** Does the next command of a kind only when it is let go. */
  Held hold(Predicate<Document> which) {
    Held held = new Held(new CountDownLatch(1), new CountDownLatch(1));
    script(
        1,
        which,
        true,
        unused -> {
          held.reached.countDown();
          await(held.released);
          return null;
        });
    return held;
  }

  /** How many commands the script was applied to. */
  int seen() {
    return seen.get();
  }

  record Held(CountDownLatch reached, CountDownLatch released) {

    void awaitReached() {
      await(reached);
    }

    void release() {
      released.countDown();
    }
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    Document command = message.getDocument();
    boolean scripted = applies.test(command) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    if (!scripted) {
      return super.handleMessage(message);
    }
    seen.incrementAndGet();
    if (before) {
      Document answer = script.apply(null);
      return answer != null ? answer : super.handleMessage(message);
    }
    return script.apply(super.handleMessage(message));
  }

  static Predicate<Document> command(String name, String collection) {
    return command -> collection.equals(command.get(name));
  }

  private void script(
      int times, Predicate<Document> which, boolean first, UnaryOperator<Document> answer) {
    left.set(0);
    applies = which;
    before = first;
    script = answer;
    left.set(times);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(HELD_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("held for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
