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
  private static final String AGAIN =
      "The application itself goes on. This is tried again every few seconds.";

  private final transient TrustedProxies proxies;
  private final transient SessionCookie cookie;
  private transient volatile @Nullable DashboardServlet dashboard;
  private transient volatile Absence absence =
      new Absence(503, "logdash is not available", SHORT_REASON, SHORT_REASON, AGAIN);

  HostedServlet(TrustedProxies proxies, boolean plainCookies) {
    this.proxies = proxies;
    this.cookie = new SessionCookie(plainCookies);
  }

  void show(DashboardServlet value) {
    dashboard = value;
  }

  /** Says why it is not there yet. */
  void excuse(String reason) {
    absence = new Absence(503, "logdash is not available", reason, SHORT_REASON, AGAIN);
  }

  /** Says that the logs are kept elsewhere. */
  void refer(String place) {
    absence =
        new Absence(
            404,
            "The logs are elsewhere",
            "this application sends its logs to " + place,
            "this application sends its logs to another server",
            "");
  }

  /**
   * Why there is no dashboard.
   *
   * @param told to those on this machine
   * @param toldToStrangers which folders, processes and servers there are is nothing for them
   */
  private record Absence(
      int status, String title, String told, String toldToStrangers, String after) {}

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
    if (!new UnreadBody(request).isEmpty(reply.status())) {
      UnreadBody.endConnection(response);
    }
    Responder.apply(reply, response);
    if (reply.status() == 503) {
      response.setIntHeader("Retry-After", RETRY_SECONDS);
    }
    response.getOutputStream().write(reply.bytes());
  }

  private Reply.Body excuse(HttpServletRequest request) {
    Absence why = absence;
    boolean local =
        new ServletCredentials(request, proxies, cookie).way() == SessionCookie.Way.LOOPBACK;
    String told = why.title() + ": " + (local ? why.told() : why.toldToStrangers());
    String hint =
        local ? "" : "The log of the application says more; so does this page on its machine.";
    String accepted = Objects.requireNonNullElse(request.getHeader("Accept"), "");
    if (!accepted.contains("text/html")) {
      String code = why.status() == 503 ? "unavailable" : "elsewhere";
      return Problem.of(why.status(), code, told, hint).reply();
    }
    String page =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>logdash</title>"
            + "<link rel=\"icon\" href=\"data:,\"></head><body><h1>"
            + escaped(why.title())
            + "</h1><p>"
            + escaped(told + ".")
            + "</p><p>"
            + escaped(hint)
            + "</p><p>"
            + escaped(why.after())
            + "</p></body></html>";
    return new Reply.Body(
        why.status(),
        "text/html;charset=utf-8",
        page.getBytes(StandardCharsets.UTF_8),
        java.util.Map.of());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
