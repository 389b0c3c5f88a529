package dev.logdash.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** What every answer tells a browser to keep it from doing harm. */
public final class SecurityHeaders {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  /** The headers by their names; for a host that answers some requests itself. */
  public static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "X-Frame-Options", "DENY",
          "Cache-Control", "no-store");

  private SecurityHeaders() {}

  static void apply(HttpServletResponse response) {
    ALL.forEach(response::setHeader);
  }
}
