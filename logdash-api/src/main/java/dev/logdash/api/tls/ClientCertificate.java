package dev.logdash.api.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logdash.api.error.BackendException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** A certificate with its key in a file, which is read each time, so that one may be renewed. */
record ClientCertificate(Path file) {

  private static final int MAX_BYTES = 1 << 20;
  // Of a store that is never written.
  private static final char[] NO_PASSWORD = {};

  /**
   * What shows the certificate to servers that ask for one.
   *
   * @throws BackendException.Misconfigured if there is no such file, or not both in it
   */
  KeyManagerFactory managers() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(read(), NO_PASSWORD);
      return managers;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new BackendException.Misconfigured(
          file
              + " cannot be read as a certificate with its key, which is PKCS #8 without a password",
          e);
    }
  }

  private KeyStore read() throws IOException, GeneralSecurityException {
    String pem;
    try (InputStream in = Files.newInputStream(file)) {
      pem = new String(in.readNBytes(MAX_BYTES), ISO_8859_1);
    }
    List<Certificate> chain = new ArrayList<>();
    for (byte[] each : blocks(pem, "CERTIFICATE")) {
      chain.add(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(each)));
    }
    if (chain.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    List<byte[]> keys = blocks(pem, "PRIVATE KEY");
    if (keys.size() != 1) {
      throw new InvalidKeySpecException(keys.size() + " keys in it, instead of one");
    }
    Key key =
        KeyFactory.getInstance(chain.get(0).getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    return store;
  }

  private static List<byte[]> blocks(String pem, String kind) {
    String begin = "-----BEGIN " + kind + "-----";
    String end = "-----END " + kind + "-----";
    List<byte[]> blocks = new ArrayList<>();
    for (int from = pem.indexOf(begin); from >= 0; ) {
      int to = pem.indexOf(end, from);
      if (to < 0) {
        break;
      }
      blocks.add(Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to)));
      from = pem.indexOf(begin, to);
    }
    return blocks;
  }
}
