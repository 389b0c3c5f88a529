package dev.logdash.dashboard.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.dashboard.security.SessionCookie.Way;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

  private final SessionCookie cookie = new SessionCookie(false);
  private final SessionCookie lenient = new SessionCookie(true);

  @Test
  void belongsToThisHostAloneOverTls() {
    assertThat(way(cookie, "203.0.113.9", true, "logs.example")).isEqualTo(Way.TLS);
    assertThat(cookie.set(Way.TLS, 443, "t0k"))
        .isEqualTo("__Host-logdash=t0k; Path=/; HttpOnly; SameSite=Strict; Secure");
    assertThat(cookie.clear(Way.TLS, 443))
        .isEqualTo("__Host-logdash=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure");
  }

  @Test
  void isPlainOnLoopback() {
    for (String host :
        new String[] {"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"}) {
      assertThat(way(cookie, "127.0.0.1", false, host)).isEqualTo(Way.LOOPBACK);
    }
    assertThat(way(cookie, "0:0:0:0:0:0:0:1", false, "localhost")).isEqualTo(Way.LOOPBACK);
    assertThat(cookie.set(Way.LOOPBACK, 8080, "t0k"))
        .isEqualTo("logdash-8080=t0k; Path=/; HttpOnly; SameSite=Strict");
    assertThat(Way.LOOPBACK.message()).isEmpty();
  }

  @Test
  void doesNotExistOnAPlainConnectionFromElsewhere() {
    assertThat(way(cookie, "203.0.113.9", false, "logs.example")).isEqualTo(Way.PLAIN_REFUSED);
    assertThat(cookie.name(Way.PLAIN_REFUSED, 80)).isEmpty();
    assertThatThrownBy(() -> cookie.set(Way.PLAIN_REFUSED, 80, "t0k"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Way.PLAIN_REFUSED.message())
        .contains("https", "http://localhost", "named as trusted", "allow plain HTTP");
  }

  @Test
  void isNotFooledByAForeignNameThatLeadsToLoopbackOrALoopbackNameFromElsewhere() {
    for (String host :
        new String[] {"evil.example", "localhost.evil.example", "127.0.0.1.evil", ""}) {
      assertThat(way(cookie, "127.0.0.1", false, host)).isEqualTo(Way.PLAIN_REFUSED);
    }
    assertThat(way(cookie, "203.0.113.9", false, "localhost")).isEqualTo(Way.PLAIN_REFUSED);
  }

  @Test
  void isPlainWithAWarningWhereThatWasAskedFor() {
    assertThat(way(lenient, "203.0.113.9", false, "logs.example")).isEqualTo(Way.PLAIN_ALLOWED);
    assertThat(Way.PLAIN_ALLOWED.message()).contains("not encrypted");
    assertThat(way(lenient, "203.0.113.9", true, "logs.example")).isEqualTo(Way.TLS);
    assertThat(lenient.set(Way.PLAIN_ALLOWED, 80, "t0k")).startsWith("logdash-80=t0k;");
  }

  private static Way way(SessionCookie cookie, String address, boolean secure, String host) {
    return cookie.way(new TrustedProxies.Client(address, secure), host);
  }
}
