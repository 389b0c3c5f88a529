package dev.logdash.dashboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private final TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

  @Test
  void believesNobodyWhoIsNotNamed() {
    assertThat(client(TrustedProxies.NONE, "203.0.113.9", "198.51.100.7", "https"))
        .isEqualTo(new TrustedProxies.Client("203.0.113.9", false));
    assertThat(client(proxies, "203.0.113.9", "198.51.100.7", "https"))
        .isEqualTo(new TrustedProxies.Client("203.0.113.9", false));
  }

  @Test
  void believesAProxyThatIsNamed() {
    assertThat(client(proxies, "10.1.2.3", "198.51.100.7", "https"))
        .isEqualTo(new TrustedProxies.Client("198.51.100.7", true));
    assertThat(client(proxies, "fd12::1%eth0", "2001:db8::7", "http"))
        .isEqualTo(new TrustedProxies.Client("2001:db8:0:0:0:0:0:7", false));
  }

  @Test
  void takesTheNearestAddressThatIsNoProxyAndNotWhatTheClientWroteBeforeIt() {
    assertThat(client(proxies, "10.1.2.3", "127.0.0.1, 198.51.100.7, 10.9.9.9", "http, https"))
        .isEqualTo(new TrustedProxies.Client("198.51.100.7", true));
    assertThat(
            proxies.client(
                "10.1.2.3", false, List.of("127.0.0.1", "198.51.100.7"), List.of("https", "http")))
        .isEqualTo(new TrustedProxies.Client("198.51.100.7", false));
  }

  @Test
  void stopsAtWhatIsNoAddressAndAsksForNoName() {
    for (String junk :
        List.of("localhost", "unknown", "_hidden", "1", "", "evil.example", "a:b:g")) {
      assertThat(client(proxies, "10.1.2.3", "127.0.0.1, " + junk + ", 10.2.2.2", "").address())
          .isEqualTo("10.2.2.2");
    }
  }

  @Test
  void keepsWhatTheConnectionSaysWithoutHeaders() {
    assertThat(proxies.client("10.1.2.3", true, List.of(), List.of()))
        .isEqualTo(new TrustedProxies.Client("10.1.2.3", true));
  }

  @Test
  void endsWithALimitedNumberOfHops() {
    String many = "127.0.0.1" + ", 10.0.0.1".repeat(100_000);

    assertThat(client(proxies, "10.1.2.3", many, "").address()).isEqualTo("10.0.0.1");
  }

  @Test
  void tellsNetworksApartToTheBit() {
    TrustedProxies half = TrustedProxies.of(List.of("192.0.2.128/25", "203.0.113.7"));

    assertThat(client(half, "192.0.2.128", "1.1.1.1", "").address()).isEqualTo("1.1.1.1");
    assertThat(client(half, "192.0.2.127", "1.1.1.1", "").address()).isEqualTo("192.0.2.127");
    assertThat(client(half, "203.0.113.7", "1.1.1.1", "").address()).isEqualTo("1.1.1.1");
    assertThat(client(half, "203.0.113.6", "1.1.1.1", "").address()).isEqualTo("203.0.113.6");
    assertThat(client(half, "::1", "1.1.1.1", "").address()).isEqualTo("::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "1.2.3.4/8/8"})
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TrustedProxies.Client client(
      TrustedProxies proxies, String peer, String forwardedFor, String forwardedProto) {
    return proxies.client(
        peer,
        false,
        List.of(forwardedFor),
        forwardedProto.isEmpty() ? List.of() : List.of(forwardedProto));
  }
}
