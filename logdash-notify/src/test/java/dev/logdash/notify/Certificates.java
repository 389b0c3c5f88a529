package dev.logdash.notify;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What servers of tests show; src/test/resources/certificates/make.sh made it. */
final class Certificates {

  /** For localhost and 127.0.0.1, signed by the authority that the test JVM trusts. */
  static final String LOCALHOST = "localhost";

  /** Signed as well, for another name. */
  static final String ELSEWHERE = "elsewhere";

  /** Signed as well, and over since 2020. */
  static final String EXPIRED = "expired";

  /** For localhost, signed by itself. */
  static final String UNKNOWN = "unknown";

  private static final char[] PASSWORD = "changeit".toCharArray();

  private Certificates() {}

  static SSLContext of(String name) {
    try (InputStream file = Certificates.class.getResourceAsStream(path(name))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(file, PASSWORD);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(name, e);
    }
  }

  private static String path(String name) {
    return "/certificates/" + name + ".p12";
  }
}
