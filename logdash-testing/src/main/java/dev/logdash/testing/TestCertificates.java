package dev.logdash.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority, a server on 127.0.0.1 and a client that have certificates of it, and an authority
 * that has nothing to do with them, made for one test in its folder. The certificate is for the
 * address alone, so a client that says {@code localhost} meets a wrong name.
 */
public final class TestCertificates {

  /** Of the key stores. */
  public static final String PASSWORD = "changeit";

  private static final String AUTHORITY = "authority";
  private static final String SERVER = "server";
  private static final String CLIENT = "client";
  private static final String STRANGER = "stranger";
  private static final long SECONDS = 60;

  private final Path folder;
  private final KeyStore keys;

  private TestCertificates(Path folder, KeyStore keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /** Makes them with keys that nobody had before. */
  public static TestCertificates make(Path folder) {
    Path store = folder.resolve("all.p12");
    try {
      Files.createDirectories(folder);
      keytool(store, AUTHORITY, "-ext", "bc:c");
      keytool(store, SERVER, "-signer", AUTHORITY, "-ext", "SAN=ip:127.0.0.1");
      keytool(store, CLIENT, "-signer", AUTHORITY);
      keytool(store, STRANGER, "-ext", "bc:c");
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      return new TestCertificates(folder, keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A PEM file with the certificate of the authority. */
  public Path authority() {
    return pem(AUTHORITY + ".pem", "CERTIFICATE", encoded(AUTHORITY));
  }

  /** A PEM file with the certificate of the other authority. */
  public Path stranger() {
    return pem(STRANGER + ".pem", "CERTIFICATE", encoded(STRANGER));
  }

  /** A PEM file with the certificate of the server. */
  public Path serverCertificate() {
    return pem("server.pem", "CERTIFICATE", encoded(SERVER));
  }

  /** A PEM file with the key of the server. */
  public Path serverKeyFile() {
    return pem("server.key", "PRIVATE KEY", serverKey().getEncoded());
  }

  /** A PKCS #12 file with the key of the server and its certificates. */
  public Path serverKeyStore() {
    Path file = folder.resolve("server.p12");
    try (var out = Files.newOutputStream(file)) {
      serverKeys().store(out, PASSWORD.toCharArray());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A PEM file with the certificate and the key of the client. */
  public Path client() {
    return withKey(CLIENT);
  }

  /** The same of somebody whom the authority does not know. */
  public Path strangerWithKey() {
    return withKey(STRANGER);
  }

  private Path withKey(String alias) {
    return write(
        alias + "-with-key.pem",
        pem("CERTIFICATE", encoded(alias)) + pem("PRIVATE KEY", key(alias).getEncoded()));
  }

  public PrivateKey serverKey() {
    return key(SERVER);
  }

  private PrivateKey key(String alias) {
    try {
      return (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate of the server, and that of its authority. */
  public X509Certificate[] serverChain() {
    try {
      Certificate[] chain = keys.getCertificateChain(SERVER);
      return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A context for a server in this process, which trusts clients of the authority. */
  public SSLContext serverContext() {
    try {
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(serverKeys(), PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(AUTHORITY, keys.getCertificate(AUTHORITY));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore serverKeys() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(SERVER, serverKey(), PASSWORD.toCharArray(), serverChain());
    return store;
  }

  private byte[] encoded(String alias) {
    try {
      return keys.getCertificate(alias).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path pem(String name, String kind, byte[] content) {
    return write(name, pem(kind, content));
  }

  private static String pem(String kind, byte[] content) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN "
        + kind
        + "-----\n"
        + lines.encodeToString(content)
        + "\n-----END "
        + kind
        + "-----\n";
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keytool(Path store, String alias, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    Path output = store.resolveSibling("keytool.out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("keytool: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
