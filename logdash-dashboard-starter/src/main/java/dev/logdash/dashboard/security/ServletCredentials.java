package dev.logdash.dashboard.security;

import dev.logdash.api.auth.Credentials;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a request brought, kept apart from the request, which its container uses again. The token of
 * a session is found under {@link #SESSION}, taken from the one cookie that may hold it on the way
 * that the request came; others of a similar name are not looked at.
 */
public final class ServletCredentials implements Credentials {

  /** The name for {@link #cookies} under which the token of a session is found. */
  public static final String SESSION = "session";

  // A proxy on this machine passes on what came from elsewhere, though its address is loopback.
  private static final List<String> RELAYED =
      List.of("forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-real-ip");

  private final Map<String, List<String>> headers = new HashMap<>();
  private final List<String> sessions = new ArrayList<>();
  private final TrustedProxies.Client client;
  private final SessionCookie cookie;
  private final SessionCookie.Way way;
  private final int port;

  public ServletCredentials(
      HttpServletRequest request, TrustedProxies proxies, SessionCookie cookie) {
    for (String name : Collections.list(request.getHeaderNames())) {
      headers
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
          .addAll(Collections.list(request.getHeaders(name)));
    }
    client =
        proxies.client(
            request.getRemoteAddr(),
            request.isSecure(),
            headers("X-Forwarded-For"),
            headers("X-Forwarded-Proto"));
    boolean relayed = RELAYED.stream().anyMatch(headers::containsKey);
    String host = relayed ? "" : Objects.requireNonNullElse(request.getHeader("Host"), "");
    way = cookie.way(client, host);
    this.cookie = cookie;
    port = request.getLocalPort();
    String name = cookie.name(way, port);
    Cookie[] sent = request.getCookies();
    for (Cookie one : sent == null ? new Cookie[0] : sent) {
      if (one.getName().equals(name)) {
        sessions.add(one.getValue());
      }
    }
  }

  /** How the request reached us, which decides over the cookie. */
  public SessionCookie.Way way() {
    return way;
  }

  /** The value of {@code Set-Cookie} that hands a token to whoever sent the request. */
  public String cookie(String token) {
    return cookie.set(way, port, token);
  }

  /** The value of {@code Set-Cookie} that takes it away. */
  public String clearCookie() {
    return cookie.clear(way, port);
  }

  @Override
  public List<String> headers(String name) {
    return List.copyOf(headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  @Override
  public List<String> cookies(String name) {
    return name.equals(SESSION) ? List.copyOf(sessions) : List.of();
  }

  @Override
  public String clientAddress() {
    return client.address();
  }
}
