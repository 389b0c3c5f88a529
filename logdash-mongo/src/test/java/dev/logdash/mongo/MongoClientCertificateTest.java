package dev.logdash.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TrustedAuthorities;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.TlsFront;
import dev.logdash.testing.mongo.MongoEmulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The emulator of MongoDB behind a front that takes clients with a certificate alone. */
@Timeout(60)
class MongoClientCertificateTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static TrustedAuthorities trust;
  private static MongoEmulator server;
  private static TlsFront front;

  @BeforeAll
  static void start() {
    certificates = TestCertificates.make(folder);
    trust = TrustedAuthorities.of(certificates.authority());
    server = MongoEmulator.start();
    int port = URI.create(server.connection()).getPort();
    front = TlsFront.demanding("127.0.0.1", port, certificates.serverContext());
  }

  @AfterAll
  static void stop() {
    front.close();
    server.close();
  }

  @Test
  void servesWhoShowsOne() {
    try (MongoStorage storage = storage(trust.showing(certificates.client()))) {
      storage.check().block(PATIENCE);
      storage.documents().put("a", 0, "{}").block(PATIENCE);

      assertThat(storage.documents().get("a").block(PATIENCE)).isNotNull();
    }
  }

  @Test
  void refusesWhoShowsNoneOrThatOfAnotherAuthority() {
    refuses(trust, "a certificate that it accepts");
    refuses(trust.showing(certificates.strangerWithKey()), "a certificate that it accepts");
  }

  @Test
  void saysWhichFileHasNoKey() {
    Path file = certificates.serverCertificate();
    refuses(trust.showing(file), file + " cannot be read as a certificate with its key");
  }

  private static void refuses(TrustedAuthorities whom, String why) {
    try (MongoStorage storage = storage(whom)) {
      assertThatThrownBy(() -> storage.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining(why);
    }
  }

  private static MongoStorage storage(TrustedAuthorities whom) {
    String connection =
        "mongodb://127.0.0.1:" + front.port() + "/?tls=true&serverSelectionTimeoutMS=1000";
    return new MongoStorage(connection, "logdash_demanding", "", Map.of(), whom);
  }
}
