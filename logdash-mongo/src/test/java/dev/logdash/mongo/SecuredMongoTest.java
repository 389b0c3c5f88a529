package dev.logdash.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TrustedAuthorities;
import dev.logdash.testing.CapturedLogs;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.mongo.MongoEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that speaks TLS alone. The emulator cannot ask who is there, so that a right password
 * opens is not shown here.
 */
@Timeout(60)
class SecuredMongoTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String SECRET = "open-Sesame-4711";
  // Nobody waits for a member whose certificate is refused to get another one.
  private static final String OPTIONS = "/?tls=true&serverSelectionTimeoutMS=1000";

  @TempDir private static Path folder;
  private static TestCertificates certificates;
  private static TrustedAuthorities trust;
  private static MongoEmulator server;
  private static String address;

  private CapturedLogs logs;

  @BeforeAll
  static void start() {
    certificates = TestCertificates.make(folder);
    trust = TrustedAuthorities.of(certificates.authority());
    server = MongoEmulator.startSecure(certificates.serverKey(), certificates.serverChain());
    address = server.connection().replaceAll("/[?].*", "");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    logs = CapturedLogs.of("org.mongodb", "dev.logdash");
  }

  @AfterEach
  void showsNoSecret() {
    logs.close();
    assertThat(logs.text()).doesNotContain(SECRET);
  }

  @Test
  void keepsDocumentsBehindTls() {
    try (MongoStorage storage = storage(address + OPTIONS, trust)) {
      storage.check().block(PATIENCE);
      storage.documents().put("a", 0, "{}").block(PATIENCE);

      assertThat(storage.documents().get("a").block(PATIENCE)).isNotNull();
    }
  }

  @Test
  void saysThatTheAuthorityIsNotTrusted() {
    refuses(
        address + OPTIONS,
        TrustedAuthorities.of(certificates.stranger()),
        "no trusted connection",
        "certification path",
        "certificate authority");
    refuses(address + OPTIONS, TrustedAuthorities.ofJava(), "no trusted connection");
  }

  @Test
  void saysThatTheNameIsNotInTheCertificate() {
    refuses(
        address.replace("127.0.0.1", "localhost") + OPTIONS,
        trust,
        "no trusted connection",
        "localhost");
  }

  @Test
  void saysThatThePasswordIsRefused() {
    refuses(
        address.replace("://", "://logs:" + SECRET + "@") + OPTIONS,
        trust,
        "refuses the user or the password");
  }

  @Test
  void saysWhichFileHasNoCertificate() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    for (Path file : List.of(text, folder.resolve("missing.pem"))) {
      refuses(address + OPTIONS, TrustedAuthorities.of(file), file + " cannot be read");
    }
  }

  @Test
  void saysOfAConnectionStringThatIsNoneNoMoreThanThat() {
    for (String connection :
        List.of(
            "mongodb://logs:" + SECRET + "/x@127.0.0.1:1",
            "mongodb://logs:" + SECRET + "@x@127.0.0.1:1",
            "mongodb://logs:" + SECRET + "%@127.0.0.1:1",
            "mongodb:logs:" + SECRET + "@127.0.0.1:1",
            "mongodb://logs:" + SECRET + "@127.0.0.1:x",
            "mongodb://logs:" + SECRET + "@127.0.0.1/?authMechanism=x")) {
      assertThatThrownBy(() -> new MongoStorage(connection, "logdash"))
          .as(connection)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("mongodb://")
          .satisfies(SecuredMongoTest::hasNoSecret);
    }
    assertThatThrownBy(() -> storage("mongodb://127.0.0.1:1", trust))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tls=true");
  }

  /** Soon, for a person to mend, and with no secret in any message. */
  private static void refuses(String connection, TrustedAuthorities whom, String... why) {
    long start = System.nanoTime();
    try (MongoStorage storage = storage(connection, whom)) {
      assertThatThrownBy(() -> storage.check().block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .satisfies(
              failure -> {
                assertThat(failure.getMessage()).contains(why);
                hasNoSecret(failure);
              });
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  private static void hasNoSecret(Throwable failure) {
    assertThat(Throwables.getStackTrace(failure)).doesNotContain(SECRET);
  }

  private static MongoStorage storage(String connection, TrustedAuthorities whom) {
    return new MongoStorage(connection, "logdash_secured", "", Map.of(), whom);
  }
}
