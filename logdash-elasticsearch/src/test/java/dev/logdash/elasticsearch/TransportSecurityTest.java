package dev.logdash.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.store.AppendResult;
import dev.logdash.tck.LogEvents;
import dev.logdash.tck.MutableClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the store trusts, with a certificate made for the test. */
class TransportSecurityTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void trustsTheAuthorityOfTheFileAndNoOther() throws Exception {
    Path keys = newCertificate("server");
    newCertificate("stranger");

    try (BulkStub stub = new BulkStub(context(keys))) {
      stub.then(BulkStub.items("201"));

      assertThat(append(stub, "server.pem")).isEqualTo(new AppendResult(1, 0, List.of()));
      assertThatThrownBy(() -> append(stub, "stranger.pem"))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("certificate authority");
      assertThat(stub.requests()).hasSize(1);
    }
  }

  @Test
  void saysWhichFileIsNoCertificate() throws Exception {
    Path file = Files.writeString(folder.resolve("broken.pem"), "no certificate");

    try (BulkStub stub = new BulkStub()) {
      assertThatThrownBy(() -> append(stub, "broken.pem"))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining(file.toString());
    }
  }

  private AppendResult append(BulkStub stub, String authority) {
    try (ElasticsearchLogStore store =
        ElasticsearchLogStore.builder(List.of(URI.create(stub.url())), MutableClock.atNoon())
            .certificateAuthority(folder.resolve(authority))
            .build()) {
      return store.append(LogEvents.batch(LogEvents.burst(1, 1))).blockOptional(SOON).orElseThrow();
    }
  }

  /** Makes a key and a certificate of its own for the loopback address. */
  private Path newCertificate(String name) throws IOException, InterruptedException {
    Path keys = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-keystore",
        keys.toString(),
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        folder.resolve(name + ".pem").toString());
    return keys;
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
