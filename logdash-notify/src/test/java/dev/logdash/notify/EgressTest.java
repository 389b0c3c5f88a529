package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.alert.Notifier;
import dev.logdash.api.error.BackendException;
import dev.logdash.tck.Notifications;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

  private static final Duration PATIENCE = Duration.ofSeconds(12);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "0.0.0.0",
        "0.1.2.3",
        "::",
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "169.254.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "198.51.100.7",
        "203.0.113.9",
        "198.18.0.1",
        "198.19.255.255",
        "192.88.99.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "100.100.100.200",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff:ffff::1",
        "ff02::1",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:a9fe:a9fe",
        "::127.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::1",
        "2002:c0a8:101::1",
        "2001::1",
        "2001:0:7f00:1::1",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "5f00::1",
        "4000::1",
        "e000::1",
        "2130706433",
        "127.1",
        "127.0.1",
        "0"
      })
  void refusesWhatIsNotOfTheInternet(String host) {
    Egress egress = new Egress(NotifyPolicy.EXTERNAL_ONLY, InetAddress::getAllByName);

    assertThatThrownBy(() -> egress.check(host))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageContaining("logdash.notify.allow-internal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost.", "LOCALHOST", "0x7f.1", "017700000001"})
  void refusesOtherSpellingsOfTheLoopbackOrDoesNotKnowThem(String host) {
    Egress egress = new Egress(NotifyPolicy.EXTERNAL_ONLY);

    assertThatThrownBy(() -> egress.check(host)).isInstanceOf(BackendException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "2001:4860:4860::8888",
        "2003::1",
        "64:ff9b::8.8.8.8",
        "::ffff:8.8.8.8"
      })
  void takesWhatIsOfTheInternet(String host) {
    Egress egress = new Egress(NotifyPolicy.EXTERNAL_ONLY, InetAddress::getAllByName);

    assertThat(egress.check(host).addresses()).hasSize(1);
    assertThat(egress.check(host).named()).isFalse();
  }

  @Test
  void refusesAHostOfWhichOneAddressIsInside() {
    Egress egress =
        new Egress(
            NotifyPolicy.EXTERNAL_ONLY,
            host -> new InetAddress[] {address("8.8.8.8"), address("10.0.0.1")});

    assertThatThrownBy(() -> egress.check("evil.example"))
        .isInstanceOf(BackendException.Misconfigured.class)
        .hasMessageNotContaining("10.0.0.1");
  }

  @Test
  void opensWhatThePolicyNames() {
    NotifyPolicy policy =
        NotifyPolicy.allowing(List.of("Relay.Internal.", " 10.1.0.0/16", "fd00::/8", "127.0.0.2"));
    Egress egress =
        new Egress(
            policy,
            host ->
                host.startsWith("relay")
                    ? new InetAddress[] {address("192.168.0.7")}
                    : InetAddress.getAllByName(host));

    for (String inside : List.of("relay.internal", "10.1.255.255", "fd12::1", "127.0.0.2")) {
      assertThat(egress.check(inside).named()).as(inside).isTrue();
    }
    for (String outside : List.of("10.2.0.0", "fe80::1", "127.0.0.1", "relay.internal.evil")) {
      assertThatThrownBy(() -> egress.check(outside))
          .as(outside)
          .isInstanceOf(BackendException.Misconfigured.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "10.0.0/8",
        "fd00::/129",
        "*.internal",
        "a b",
        "/"
      })
  void refusesAPolicyThatNamesNothing(String entry) {
    assertThatThrownBy(() -> NotifyPolicy.allowing(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatAHostIsNotKnown() {
    Egress egress =
        new Egress(
            NotifyPolicy.EXTERNAL_ONLY,
            host -> {
              throw new UnknownHostException(host);
            });

    assertThatThrownBy(() -> egress.check("nowhere.example"))
        .isInstanceOf(BackendException.Unavailable.class)
        .hasMessageContaining("nowhere.example");
  }

  @Test
  void connectsToTheAddressThatItCheckedAndAsksForItOnce() throws UnknownHostException {
    // Allowed when it is checked, and another whenever somebody asks again.
    Queue<String> answers = new ArrayDeque<>(List.of("127.0.0.1", "203.0.113.1", "203.0.113.1"));
    List<String> asked = new ArrayList<>();
    Egress egress =
        new Egress(
            NotifyPolicy.allowing(List.of("127.0.0.1")),
            host -> {
              asked.add(host);
              return new InetAddress[] {address(answers.remove())};
            });
    try (HttpReceiver receiver = new HttpReceiver();
        Notifier notifier =
            new SlackType(egress, System::nanoTime)
                .open(Map.of("url", "http://rebind.example:" + receiver.port() + "/x"))) {

      notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);

      assertThat(asked).containsExactly("rebind.example");
      assertThat(receiver.requests).hasSize(1);
      assertThat(receiver.requests.get(0).headers())
          .containsEntry("host", "rebind.example:" + receiver.port());
      assertThatThrownBy(() -> notifier.deliver(Notifications.firing("n-2")).block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class);
      assertThat(receiver.connections).hasValue(1);
    }
  }

  @Test
  void connectsMailToTheAddressThatItCheckedAndAsksForItOnce() {
    List<String> asked = new ArrayList<>();
    Egress egress =
        new Egress(
            NotifyPolicy.allowing(List.of("127.0.0.1")),
            host -> {
              asked.add(host);
              return new InetAddress[] {address("127.0.0.1")};
            });
    try (SmtpReceiver receiver = new SmtpReceiver(null);
        Notifier notifier =
            new EmailType(egress)
                .open(
                    Map.of(
                        "host", "relay.invalid",
                        "port", Integer.toString(receiver.port()),
                        "security", "none",
                        "from", "logdash@example.com",
                        "to", "ops@example.com"))) {

      notifier.deliver(Notifications.firing("n-1")).block(PATIENCE);

      assertThat(asked).containsExactly("relay.invalid");
      assertThat(receiver.received).hasSize(1);
    }
  }

  @Test
  void connectsToNobodyInsideByDefault() {
    try (HttpReceiver http = new HttpReceiver();
        SmtpReceiver smtp = new SmtpReceiver(null);
        Notifier slack = new SlackType().open(Map.of("url", http.url()));
        Notifier webhook = new WebhookType().open(Map.of("url", http.url()));
        Notifier email =
            new EmailType()
                .open(
                    Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(smtp.port()),
                        "security", "none",
                        "from", "logdash@example.com",
                        "to", "ops@example.com"))) {
      for (Notifier notifier : List.of(slack, webhook, email)) {
        assertThatThrownBy(() -> notifier.deliver(Notifications.firing("n-1")).block(PATIENCE))
            .isInstanceOf(BackendException.Misconfigured.class);
      }
      assertThat(http.connections).hasValue(0);
      assertThat(smtp.connections).hasValue(0);
    }
  }

  @Test
  void tellsNobodyOutsideByPlainHttp() {
    Egress egress =
        new Egress(NotifyPolicy.EXTERNAL_ONLY, host -> new InetAddress[] {address("203.0.114.1")});
    try (Notifier notifier =
        new SlackType(egress, System::nanoTime).open(Map.of("url", "http://example.com/x"))) {
      assertThatThrownBy(() -> notifier.deliver(Notifications.firing("n-1")).block(PATIENCE))
          .isInstanceOf(BackendException.Misconfigured.class)
          .hasMessageContaining("https");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://good@evil.example/",
        "https://a:b@evil.example/x",
        "https://@evil.example/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "//example.com/",
        "example.com",
        "https://",
        "https:///x",
        "https://exa mple.com/",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:-1/",
        "https://example.com\\@evil.example/",
        "https://bücher.example/",
        "https://1.2.3.4.5/",
        "https://[::1/",
        "https://[::1%25lo]evil/",
        "jar:https://example.com!/",
        "https:example.com"
      })
  void refusesAddressesThatAreNoneForAPost(String url) {
    assertThatThrownBy(() -> new SlackType().open(Map.of("url", url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("url")
        .hasMessageNotContaining("evil");
  }

  @Test
  void takesAddressesForAPost() {
    for (String url :
        List.of(
            "https://example.com",
            "HTTPS://example.com:8443/a//b?c=d%20e",
            "https://xn--bcher-kva.example/ü",
            "https://[2606:4700::1111]/x",
            "https://8.8.8.8/x")) {
      assertThatCode(() -> new SlackType().open(Map.of("url", url)).close())
          .as(url)
          .doesNotThrowAnyException();
    }
    assertThat(HttpPlace.parse("url", "https://example.com?a=ü").target()).isEqualTo("/?a=%C3%BC");
    assertThat(HttpPlace.parse("url", "https://example.com//a/../b").target())
        .isEqualTo("//a/../b");
  }

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(literal, e);
    }
  }
}
