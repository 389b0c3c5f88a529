package dev.logdash.mongo;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import dev.logdash.api.tls.TrustedAuthorities;
import dev.logdash.testing.mongo.AtomicBackend;
import dev.logdash.testing.mongo.MongoEmulator;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * A database of its own on the server of {@code -Dlogdash.test.mongo}, which fails where that does
 * not answer; else on an emulator in this process.
 */
final class TestMongo implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MongoEmulator emulator;
  private final String connection;
  private final String database = "logdash_test_" + UUID.randomUUID().toString().substring(0, 8);

  private TestMongo(MongoEmulator emulator, String connection) {
    this.emulator = emulator;
    this.connection = connection;
  }

  static TestMongo start() {
    String given = System.getProperty("logdash.test.mongo", "");
    return given.isEmpty() ? emulate(new AtomicBackend()) : new TestMongo(null, given);
  }

  /** An emulator that a test has changed. */
  static TestMongo emulate(AtomicBackend backend) {
    MongoEmulator emulator = MongoEmulator.start(backend);
    return new TestMongo(emulator, emulator.connection());
  }

  String connection() {
    return connection;
  }

  String database() {
    return database;
  }

  MongoStorage storage() {
    return new MongoStorage(
        connection, database, "t_", Map.of(10, Duration.ofDays(2)), TrustedAuthorities.ofJava());
  }

  @Override
  public void close() {
    if (emulator != null) {
      emulator.close();
      return;
    }
    try (MongoClient client = MongoClients.create(connection)) {
      Mono.from(client.getDatabase(database).drop()).block(PATIENCE);
    }
  }
}
