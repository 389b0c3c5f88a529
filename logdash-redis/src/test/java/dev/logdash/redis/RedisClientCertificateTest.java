package dev.logdash.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TrustedAuthorities;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that takes clients with a certificate alone. */
@Timeout(60)
class RedisClientCertificateTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static TrustedAuthorities trust;
  private static RedisServer server;

  @BeforeAll
  static void start() {
    certificates = TestCertificates.make(folder.resolve("tls"));
    trust = TrustedAuthorities.of(certificates.authority());
    server = RedisServer.startDemanding(folder.resolve("redis"), certificates);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void servesWhoShowsOne() {
    try (RedisBackend redis =
        new RedisBackend(server.uri(), trust.showing(certificates.client()))) {
      redis.check().block(PATIENCE);
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

  @Test
  void takesNoCertificateForAnAddressWithoutTls() {
    TrustedAuthorities own = TrustedAuthorities.ofJava().showing(certificates.client());

    assertThatThrownBy(() -> new RedisBackend("redis://127.0.0.1:1", own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rediss://");
  }

  private static void refuses(TrustedAuthorities whom, String why) {
    try (RedisBackend redis = new RedisBackend(server.uri(), whom)) {
      assertThatThrownBy(() -> redis.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining(why);
    }
  }
}
