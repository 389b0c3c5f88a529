package dev.logdash.api.tls;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that a client trusts, those of the Java platform or those of a file
 * and no others, and the certificate that it shows where a server wants one. The name in a
 * certificate is checked by the client. Nothing is read before it is asked for, and a file is read
 * each time, so one that was missing may come later.
 */
public final class TrustedAuthorities {

  private final @Nullable Path file;
  private final @Nullable ClientCertificate own;

  private TrustedAuthorities(@Nullable Path file, @Nullable ClientCertificate own) {
    this.file = file;
    this.own = own;
  }

  /** Those that the Java platform trusts. */
  public static TrustedAuthorities ofJava() {
    return new TrustedAuthorities(null, null);
  }

  /**
   * Those of a file, and no others.
   *
   * @param pem one or more certificates as PEM
   */
  public static TrustedAuthorities of(Path pem) {
    return new TrustedAuthorities(Objects.requireNonNull(pem, "pem"), null);
  }

  /**
   * The same, for a client that shows a certificate of its own to servers that want one.
   *
   * @param pem the certificate, those between it and its authority, and its key, as PEM
   */
  public TrustedAuthorities showing(Path pem) {
    return new TrustedAuthorities(file, new ClientCertificate(pem));
  }

  /**
   * Whether a file is named, of authorities or of a certificate, which is of no use without TLS.
   */
  public boolean needTls() {
    return file != null || own != null;
  }

  /**
   * What checks the certificates of servers.
   *
   * @throws BackendException.Misconfigured if there is no such file, or no certificate in it
   */
  public TrustManagerFactory managers() {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(file == null ? null : read(file));
      return managers;
    } catch (IOException | GeneralSecurityException e) {
      throw new BackendException.Misconfigured(
          (file == null ? "the trust store of Java" : file.toString())
              + " cannot be read as certificates of an authority",
          e);
    }
  }

  /**
   * What shows the certificate of the client; empty if it has none.
   *
   * @throws BackendException.Misconfigured if there is no such file, or not a certificate with its
   *     key in it
   */
  public Optional<KeyManagerFactory> keys() {
    return Optional.ofNullable(own).map(ClientCertificate::managers);
  }

  /**
   * A context for clients.
   *
   * @throws BackendException.Misconfigured if a file that is named is not there, or not what it is
   *     to be
   */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] shown = keys().map(KeyManagerFactory::getKeyManagers).orElse(null);
      context.init(shown, managers().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new BackendException.Misconfigured("this Java has no TLS", e);
    }
  }

  private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), each);
      }
    }
    if (trusted.size() == 0) {
      throw new CertificateException("no certificate in it");
    }
    return trusted;
  }
}
