package dev.logdash.dashboard;

import dev.logdash.dashboard.security.ServletCredentials;
import dev.logdash.dashboard.security.SessionCookie;
import dev.logdash.dashboard.security.TrustedProxies;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard of a {@link HostedLogdash}, or the reason why it is not there. To be mapped like a
 * {@link DashboardServlet}, with support for asynchronous requests.
 */
public final class HostedServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final int RETRY_SECONDS = 10;
  private static final String SHORT_REASON = "its data folder is not open";

  private final transient TrustedProxies proxies;
  private final transient SessionCookie cookie;
  private transient volatile @Nullable DashboardServlet dashboard;
  private transient volatile String reason = SHORT_REASON;

  HostedServlet(TrustedProxies proxies, boolean plainCookies) {
    this.proxies = proxies;
    this.cookie = new SessionCookie(plainCookies);
  }

  void show(DashboardServlet value) {
    dashboard = value;
  }

  void excuse(String value) {
    reason = value;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    DashboardServlet shown = dashboard;
    if (shown != null) {
      shown.service(request, response);
      return;
    }
    SecurityHeaders.apply(response);
    Reply.Body reply = excuse(request);
    Responder.apply(reply, response);
    response.setIntHeader("Retry-After", RETRY_SECONDS);
    response.getOutputStream().write(reply.bytes());
  }

  private Reply.Body excuse(HttpServletRequest request) {
    // Which folders and processes a machine has is nothing for strangers.
    boolean local =
        new ServletCredentials(request, proxies, cookie).way() == SessionCookie.Way.LOOPBACK;
    String told = "logdash is not available: " + (local ? reason : SHORT_REASON);
    String hint =
        local ? "" : "The log of the application says more; so does this page on its machine.";
    String accepted = Objects.requireNonNullElse(request.getHeader("Accept"), "");
    if (!accepted.contains("text/html")) {
      return Problem.of(503, "unavailable", told, hint).reply();
    }
    String page =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>logdash</title>"
            + "<link rel=\"icon\" href=\"data:,\"></head><body><h1>logdash is not available</h1><p>"
            + escaped(told + ".")
            + "</p><p>"
            + escaped(hint)
            + "</p><p>The application itself goes on. This is tried again every few seconds.</p>"
            + "</body></html>";
    return new Reply.Body(
        503, "text/html;charset=utf-8", page.getBytes(StandardCharsets.UTF_8), java.util.Map.of());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
