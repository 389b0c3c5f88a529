package dev.logdash.core.auth;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Quick hashes, with a count of the work done for them. */
final class CountingHasher implements PasswordHasher {

  final AtomicInteger hashes = new AtomicInteger();
  final AtomicInteger verifications = new AtomicInteger();
  final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private volatile String version = "v1";
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** What was hashed before is outdated from now on. */
  void useVersion(String value) {
    version = value;
  }

  /** Lets all work wait until the latch is open. */
  void waitFor(CountDownLatch latch) {
    gate = latch;
  }

  @Override
  public String hash(String password) {
    hashes.incrementAndGet();
    return work(version + ':' + Secrets.sha256(password));
  }

  @Override
  public boolean verify(String password, String hash) {
    verifications.incrementAndGet();
    return work(hash).endsWith(':' + Secrets.sha256(password));
  }

  @Override
  public boolean isOutdated(String hash) {
    return !hash.startsWith(version + ':');
  }

  @Override
  public String decoy() {
    return version + ":none";
  }

  private String work(String result) {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      if (!gate.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody opened the gate");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      now.decrementAndGet();
    }
    return result;
  }
}
