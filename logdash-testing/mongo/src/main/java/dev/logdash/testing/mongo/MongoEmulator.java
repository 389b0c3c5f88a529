package dev.logdash.testing.mongo;

import de.bwaldvogel.mongo.MongoServer;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** An emulator of a standalone MongoDB in this process, empty at the start. */
public final class MongoEmulator implements AutoCloseable {

  private final MongoServer server;
  private final String connection;

  private MongoEmulator(MongoServer server) {
    this.server = server;
    this.connection = server.bindAndGetConnectionString();
  }

  /** Starts one on a free port of the loopback. */
  public static MongoEmulator start() {
    return start(new AtomicBackend());
  }

  /** Starts one that a test has changed. */
  public static MongoEmulator start(AtomicBackend backend) {
    return new MongoEmulator(new MongoServer(backend));
  }

  /** Starts one that speaks TLS alone. */
  public static MongoEmulator startSecure(PrivateKey key, X509Certificate... chain) {
    MongoServer server = new MongoServer(new AtomicBackend());
    server.enableSsl(key, null, chain);
    return new MongoEmulator(server);
  }

  /** Where it listens: {@code mongodb://127.0.0.1:PORT}. */
  public String connection() {
    return connection;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
