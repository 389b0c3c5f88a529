package dev.logdash.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "ops@example.com",
        "first.last+tag@sub.example.com",
        "o'neil@example.com",
        "x@xn--bcher-kva.example",
        "1@2.example"
      })
  void takesAddresses(String address) {
    assertThat(EmailAddress.isAddress(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@b",
        "a",
        "a b@c",
        "a@b c",
        "a@b@c",
        ".a@b",
        "a.@b",
        "a..b@c",
        "a@.b",
        "a@b.",
        "a@b..c",
        "a@-b",
        "a@b-",
        "\"a b\"@c",
        "a@[127.0.0.1]",
        "A <a@b>",
        "a@b, c@d",
        "a@b\r\nBcc: c@d",
        "a\u0000@b",
        "é@b",
        "a@é",
        "=?utf-8?q?a?=@b\n",
        "a(c)@b",
        "a@b;c@d"
      })
  void refusesWhatIsNoAddress(String address) {
    assertThat(EmailAddress.isAddress(address)).isFalse();
  }

  @Test
  void refusesLongAddressesAtOnce() {
    String label = "a".repeat(63);
    String longest = "x@" + String.join(".", label, label, label, "a".repeat(60));
    assertThat(longest).hasSize(254);
    assertThat(EmailAddress.isAddress(longest)).isTrue();
    assertThat(EmailAddress.isAddress(longest + "a")).isFalse();
    assertThat(EmailAddress.isAddress("x".repeat(65) + "@example.com")).isFalse();

    for (String giant : List.of("a.", "@", "a@", "-", "<", "\"")) {
      String address = giant.repeat(1 << 19);
      long begin = System.nanoTime();
      assertThat(EmailAddress.isAddress(address)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(50));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "to, ''", "to, 'a@b,'", "to, 'a@b;c@d'", "from, 'Eve <a@b>'", "host, 'a b'", "host, -a",
    "host, 'http://a'", "port, 0", "port, 65536", "port, x", "security, ssl", "security, TLS",
    "username, ada"
  })
  void namesTheSettingOfMailThatCannotBeRight(String name, String value) {
    Map<String, String> settings = mail();
    settings.put(name, value);

    assertThatThrownBy(() -> new EmailType().open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name.equals("username") ? "password" : name);
  }

  @Test
  void refusesLineEndsInEverySetting() {
    for (String name : List.of("host", "username", "from", "to", "password")) {
      Map<String, String> settings = mail();
      settings.put(name, "a@example.com\r\nBcc: eve@example.com");

      assertThatThrownBy(() -> new EmailType().open(settings))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(name)
          .hasMessageNotContaining("eve");
    }
  }

  @Test
  void takesFiftyReceiversAndNoMore() {
    Map<String, String> settings = mail();
    settings.put("to", String.join(", ", Collections.nCopies(50, "a@example.com")));
    assertThatCode(() -> new EmailType().open(settings).close()).doesNotThrowAnyException();

    settings.put("to", String.join(", ", Collections.nCopies(51, "a@example.com")));
    assertThatThrownBy(() -> new EmailType().open(settings)).hasMessageContaining("50");
  }

  @Test
  void sendsNoPasswordWithoutTls() {
    Map<String, String> settings = mail();
    settings.putAll(Map.of("security", "none", "username", "ada", "password", "canary"));

    assertThatThrownBy(() -> new EmailType().open(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("password")
        .hasMessageNotContaining("canary");
  }

  @Test
  void hasTheUsualPortOfEachSecurity() {
    Map<String, String> settings = mail();
    assertThat(EmailSettings.parse(settings)).hasToString("smtp.example.com:587");
    settings.put("security", "tls");
    assertThat(EmailSettings.parse(settings)).hasToString("smtp.example.com:465");
    settings.put("security", "none");
    assertThat(EmailSettings.parse(settings)).hasToString("smtp.example.com:25");
    settings.put("port", "2525");
    assertThat(EmailSettings.parse(settings)).hasToString("smtp.example.com:2525");
  }

  private static Map<String, String> mail() {
    return new HashMap<>(
        Map.of(
            "host", "smtp.example.com",
            "from", "logdash@example.com",
            "to", "ops@example.com"));
  }
}
