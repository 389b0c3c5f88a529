package dev.logdash.dashboard;

import dev.logdash.api.auth.Credentials;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a request brought, kept apart from the request, which its container uses again. */
final class RequestCredentials implements Credentials {

  private final Map<String, List<String>> headers = new HashMap<>();
  private final Map<String, List<String>> cookies = new HashMap<>();
  private final String clientAddress;

  RequestCredentials(HttpServletRequest request) {
    for (String name : Collections.list(request.getHeaderNames())) {
      headers
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
          .addAll(Collections.list(request.getHeaders(name)));
    }
    Cookie[] sent = request.getCookies();
    if (sent != null) {
      for (Cookie cookie : sent) {
        cookies
            .computeIfAbsent(cookie.getName(), unused -> new ArrayList<>())
            .add(cookie.getValue());
      }
    }
    clientAddress = request.getRemoteAddr();
  }

  @Override
  public List<String> headers(String name) {
    return List.copyOf(headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }

  @Override
  public List<String> cookies(String name) {
    return List.copyOf(cookies.getOrDefault(name, List.of()));
  }

  @Override
  public String clientAddress() {
    return clientAddress;
  }
}
