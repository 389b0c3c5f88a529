package dev.logdash.api.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.error.BackendException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of a certificate is in the tests of the adapters, which make one. */
class TrustedAuthoritiesTest {

  @TempDir private Path folder;

  @Test
  void saysWhichFileHasNoCertificate() throws Exception {
    Path missing = folder.resolve("missing.pem");
    Path key =
        Files.writeString(
            folder.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");

    for (Path file : List.of(missing, key, empty, text, folder)) {
      TrustedAuthorities named = TrustedAuthorities.of(file);
      assertThat(named.needTls()).isTrue();
      assertThatThrownBy(named::context)
          .as(file.toString())
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageStartingWith(file + " cannot be read as certificates");
    }
  }

  @Test
  void readsAFileThatComesLater() throws Exception {
    Path late = folder.resolve("late.pem");
    TrustedAuthorities named = TrustedAuthorities.of(late);
    assertThatThrownBy(named::managers).hasRootCauseInstanceOf(java.io.IOException.class);

    Files.writeString(late, "");

    assertThatThrownBy(named::managers).hasRootCauseMessage("no certificate in it");
  }

  @Test
  void saysWhichFileHasNoCertificateWithItsKey() throws Exception {
    Path missing = folder.resolve("missing.pem");
    String key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    Path keyAlone = Files.writeString(folder.resolve("key.pem"), key);
    Path open = Files.writeString(folder.resolve("open.pem"), "-----BEGIN CERTIFICATE-----\nAAAA");
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.pem"),
            "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n" + key);

    for (Path file : List.of(missing, keyAlone, open, wrong, folder)) {
      TrustedAuthorities own = TrustedAuthorities.ofJava().showing(file);
      assertThat(own.needTls()).isTrue();
      assertThatThrownBy(own::context)
          .as(file.toString())
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageStartingWith(file + " cannot be read as a certificate with its key");
    }
    assertThat(TrustedAuthorities.ofJava().keys()).isEmpty();
  }

  @Test
  void trustsWhatJavaTrustsWhereNoFileIsNamed() {
    assertThat(TrustedAuthorities.ofJava().needTls()).isFalse();
    assertThat(TrustedAuthorities.ofJava().managers().getTrustManagers()).isNotEmpty();
  }
}
