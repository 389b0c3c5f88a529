package dev.logdash.tck;

import dev.logdash.api.auth.Credentials;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Credentials as a test wants them. */
public final class TestCredentials implements Credentials {

  private final Map<String, List<String>> headers = new TreeMap<>();
  private final Map<String, List<String>> cookies = new TreeMap<>();

  private TestCredentials() {}

  public static TestCredentials none() {
    return new TestCredentials();
  }

  /** Says in a counter how often credentials are looked at. */
  public static Credentials counting(Credentials credentials, AtomicInteger reads) {
    return new Credentials() {
      @Override
      public List<String> headers(String name) {
        reads.incrementAndGet();
        return credentials.headers(name);
      }

      @Override
      public List<String> cookies(String name) {
        reads.incrementAndGet();
        return credentials.cookies(name);
      }

      @Override
      public String clientAddress() {
        return credentials.clientAddress();
      }
    };
  }

  public TestCredentials header(String name, String... values) {
    headers.put(name.toLowerCase(Locale.ROOT), List.of(values));
    return this;
  }

  public TestCredentials cookie(String name, String... values) {
    cookies.put(name, List.of(values));
    return this;
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public List<String> cookies(String name) {
    return cookies.getOrDefault(name, List.of());
  }

  @Override
  public String clientAddress() {
    return "192.0.2.1";
  }
}
