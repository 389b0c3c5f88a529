package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.AppendResult;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import dev.logdash.testing.CapturedLogs;
import dev.logdash.testing.TestCertificates;
import dev.logdash.testing.TlsFront;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real node behind TLS and a gateway that asks who is there. */
@Timeout(120)
class SecuredNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  // A refusal is no reason to try again.
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String KEY = "S2V5LWlkOm9wZW4tU2VzYW1lLTQ3MTE=";
  private static final String PASSWORD = "open-Sesame-4711";
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString(("logs:" + PASSWORD).getBytes(UTF_8));

  @TempDir private static Path folder;
  private static TestCertificates certificates;

  private SecuredGateway gateway;
  private CapturedLogs logs;

  @BeforeAll
  static void makeCertificates() {
    certificates = TestCertificates.make(folder);
  }

  @BeforeEach
  void open() {
    logs = CapturedLogs.of("co.elastic", "org.apache", "dev.logdash");
    gateway = new SecuredGateway(TestServer.url(), certificates.serverContext());
  }

  @AfterEach
  void close() {
    gateway.close();
    logs.close();
    assertThat(logs.text()).doesNotContain(KEY, PASSWORD, BASIC);
  }

  @Test
  void writesAndFindsWithAnApiKey() {
    gateway.knows("ApiKey " + KEY);

    worksWith(store -> store.apiKey(KEY));

    assertThat(gateway.authorizations()).containsOnly("ApiKey " + KEY);
  }

  @Test
  void writesAndFindsAsAUser() {
    gateway.knows(BASIC);

    worksWith(store -> store.user("logs", PASSWORD));

    assertThat(gateway.authorizations()).containsOnly(BASIC);
  }

  @Test
  void saysThatTheKeyIsNotKnown() {
    gateway.knows("ApiKey another");

    refuses(store -> store.apiKey(KEY), "does not know the API key or user");
    refuses(store -> store.user("logs", PASSWORD), "does not know the API key or user");
    refuses(store -> store, "does not know the API key or user");
  }

  @Test
  void saysWhatTheUserMayNot() {
    gateway.letsRead("ApiKey " + KEY);

    refuses(store -> store.apiKey(KEY), "403", "indices:data/write/bulk", "give the right to");
  }

  @Test
  void givesCredentialsToNobodyElse() {
    try (SecuredGateway other =
        new SecuredGateway(TestServer.url(), certificates.serverContext())) {
      other.knows("ApiKey " + KEY);
      gateway.sendsTo("https://127.0.0.1:" + other.port());

      refuses(store -> store.apiKey(KEY), "says 307", "no redirection is followed");

      assertThat(gateway.authorizations()).isNotEmpty();
      assertThat(other.authorizations()).isEmpty();
    }
  }

  @Test
  void saysThatTheAuthorityIsNotTrusted() {
    gateway.knows("ApiKey " + KEY);

    refuses(
        store -> store.apiKey(KEY).certificateAuthority(certificates.stranger()),
        "no trusted connection",
        "certification path",
        "certificate authority");
    try (ElasticsearchLogStore store = builder("127.0.0.1").apiKey(KEY).build()) {
      refuses(store, "no trusted connection", "certification path");
    }
    assertThat(gateway.authorizations()).isEmpty();
  }

  @Test
  void saysThatTheNameIsNotInTheCertificate() {
    gateway.knows("ApiKey " + KEY);

    try (ElasticsearchLogStore store =
        builder("localhost").apiKey(KEY).certificateAuthority(certificates.authority()).build()) {
      refuses(store, "no trusted connection", "localhost");
    }
    assertThat(gateway.authorizations()).isEmpty();
  }

  @Test
  void saysWhichFileHasNoCertificate() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    for (Path file : List.of(text, folder.resolve("missing.pem"))) {
      refuses(store -> store.certificateAuthority(file), file + " cannot be read");
    }
  }

  @Test
  void showsACertificateWhereTheServerWantsOne() {
    URI node = URI.create(TestServer.url());
    try (TlsFront front =
        TlsFront.demanding(node.getHost(), node.getPort(), certificates.serverContext())) {
      String address = "https://127.0.0.1:" + front.port();
      try (ElasticsearchLogStore store = demanded(address, certificates.client())) {
        assertThat(append(store)).isEqualTo(new AppendResult(1, 0, List.of()));
      }
      try (ElasticsearchLogStore store = demanded(address, certificates.strangerWithKey())) {
        refuses(store, "a certificate that it accepts");
      }
      Path file = certificates.serverCertificate();
      try (ElasticsearchLogStore store = demanded(address, file)) {
        refuses(store, file + " cannot be read as a certificate with its key");
      }
    }
  }

  private static ElasticsearchLogStore demanded(String address, Path certificate) {
    return TestServer.store(address, TestServer.newPrefix(), MutableClock.atNoon())
        .certificateAuthority(certificates.authority())
        .clientCertificate(certificate)
        .retryFor(Duration.ZERO)
        .build();
  }

  @Test
  void takesNoAuthorityForAnAddressWithoutTls() {
    assertThatThrownBy(
            () ->
                ElasticsearchLogStore.builder(
                        List.of(URI.create("http://127.0.0.1:1")), Clock.systemUTC())
                    .certificateAuthority(certificates.authority())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://");
  }

  private void worksWith(UnaryOperator<ElasticsearchLogStoreBuilder> credentials) {
    try (ElasticsearchLogStore store =
        credentials
            .apply(builder("127.0.0.1"))
            .certificateAuthority(certificates.authority())
            .build()) {
      AppendResult stored = append(store);

      assertThat(stored).isEqualTo(new AppendResult(1, 0, List.of()));
      assertThat(append(store)).isEqualTo(new AppendResult(0, 1, List.of()));
      store.check().block(PATIENCE);
    }
  }

  private void refuses(UnaryOperator<ElasticsearchLogStoreBuilder> change, String... why) {
    try (ElasticsearchLogStore store =
        change.apply(builder("127.0.0.1").certificateAuthority(certificates.authority())).build()) {
      refuses(store, why);
    }
  }

  /** Soon, for a person to mend, and with no secret in any message. */
  private static void refuses(ElasticsearchLogStore store, String... why) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> append(store))
        .isInstanceOf(BackendException.Misconfigured.class)
        .satisfies(
            failure -> {
              assertThat(failure.getMessage()).contains(why);
              StringWriter all = new StringWriter();
              failure.printStackTrace(new PrintWriter(all));
              assertThat(all.toString()).doesNotContain(KEY, PASSWORD, BASIC);
            });
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  private static AppendResult append(ElasticsearchLogStore store) {
    return store
        .append(LogEvents.batch(LogEvents.burst(1, 1)))
        .blockOptional(PATIENCE)
        .orElseThrow();
  }

  private ElasticsearchLogStoreBuilder builder(String host) {
    return TestServer.store(
        "https://" + host + ":" + gateway.port(), TestServer.newPrefix(), MutableClock.atNoon());
  }
}
