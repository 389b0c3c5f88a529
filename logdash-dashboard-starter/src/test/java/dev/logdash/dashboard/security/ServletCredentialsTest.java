package dev.logdash.dashboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServletCredentialsTest {

  private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.1"));
  private static final Cookie[] COOKIES = {
    new Cookie("__Host-logdash", "secure"),
    new Cookie("logdash-8080", "plain"),
    new Cookie("logdash", "planted"),
    new Cookie("session", "planted")
  };

  @Test
  void takesTheCookieOfTheWayThatTheRequestCame() {
    assertThat(session("203.0.113.9", true, Map.of("Host", "logs.example")))
        .containsExactly("secure");
    assertThat(session("127.0.0.1", false, Map.of("Host", "localhost:8080")))
        .containsExactly("plain");
    assertThat(session("203.0.113.9", false, Map.of("Host", "logs.example"))).isEmpty();
  }

  @Test
  void believesOnlyTheProxyThatIsNamed() {
    Map<String, String> headers =
        Map.of(
            "Host",
            "logs.example",
            "X-Forwarded-For",
            "198.51.100.7",
            "X-Forwarded-Proto",
            "https");

    assertThat(session("10.0.0.1", false, headers)).containsExactly("secure");
    assertThat(credentials("10.0.0.1", false, headers).clientAddress()).isEqualTo("198.51.100.7");
    assertThat(session("10.0.0.2", false, headers)).isEmpty();
    assertThat(credentials("10.0.0.2", false, headers).clientAddress()).isEqualTo("10.0.0.2");
  }

  @Test
  void doesNotTakeAForwardedLoopbackClientForOneThatIs() {
    Map<String, String> headers = Map.of("Host", "localhost", "X-Forwarded-For", "127.0.0.1");

    assertThat(credentials("203.0.113.9", false, headers).way())
        .isEqualTo(SessionCookie.Way.PLAIN_REFUSED);
  }

  @Test
  void doesNotTakeWhatAProxyOnThisMachinePassesOnForLocal() {
    for (String header : List.of("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP")) {
      assertThat(
              credentials(
                      "127.0.0.1", false, Map.of("Host", "localhost:8080", header, "198.51.100.7"))
                  .way())
          .isEqualTo(SessionCookie.Way.PLAIN_REFUSED);
    }
  }

  @Test
  void handsOutAndTakesAwayTheCookieOfItsWay() {
    ServletCredentials secure = credentials("203.0.113.9", true, Map.of("Host", "logs.example"));
    ServletCredentials local = credentials("127.0.0.1", false, Map.of("Host", "localhost:8080"));

    assertThat(secure.cookie("t0k")).startsWith("__Host-logdash=t0k;").endsWith("; Secure");
    assertThat(local.cookie("t0k")).startsWith("logdash-8080=t0k;");
    assertThat(local.clearCookie()).startsWith("logdash-8080=; Max-Age=0;");
  }

  @Test
  void showsAllValuesOfAHeaderWhateverItsCase() {
    assertThat(
            credentials("127.0.0.1", false, Map.of("aUTHORIZATION", "Bearer x"))
                .headers("Authorization"))
        .containsExactly("Bearer x");
  }

  private static List<String> session(String peer, boolean secure, Map<String, String> headers) {
    return credentials(peer, secure, headers).cookies(ServletCredentials.SESSION);
  }

  private static ServletCredentials credentials(
      String peer, boolean secure, Map<String, String> headers) {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                ServletCredentialsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                  switch (method.getName()) {
                    case "getHeaderNames":
                      return Collections.enumeration(headers.keySet());
                    case "getHeaders":
                      return Collections.enumeration(List.of(headers.get(arguments[0])));
                    case "getHeader":
                      return headers.get(arguments[0]);
                    case "getCookies":
                      return COOKIES;
                    case "getRemoteAddr":
                      return peer;
                    case "isSecure":
                      return secure;
                    case "getLocalPort":
                      return 8080;
                    default:
                      throw new AssertionError(method);
                  }
                });
    return new ServletCredentials(request, PROXIES, new SessionCookie(false));
  }
}
