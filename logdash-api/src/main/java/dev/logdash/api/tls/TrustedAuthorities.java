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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that a client trusts: those of the Java platform, or those of a file
 * and no others. The name in a certificate is checked by the client. Nothing is read before it is
 * asked for, and a file is read each time, so one that was missing may come later.
 */
public final class TrustedAuthorities {

  private final @Nullable Path file;

  private TrustedAuthorities(@Nullable Path file) {
    this.file = file;
  }

  /** Those that the Java platform trusts. */
  public static TrustedAuthorities ofJava() {
    return new TrustedAuthorities(null);
  }

  /**
   * Those of a file, and no others.
   *
   * @param pem one or more certificates as PEM
   */
  public static TrustedAuthorities of(Path pem) {
    return new TrustedAuthorities(Objects.requireNonNull(pem, "pem"));
  }

  /** Whether a file names them. */
  public boolean areNamed() {
    return file != null;
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
   * A context for clients that have no certificate of their own.
   *
   * @throws BackendException.Misconfigured if there is no such file, or no certificate in it
   */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers().getTrustManagers(), null);
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
