package dev.logdash.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a page of ours sent a request: a page of somebody else can make a browser send one with
 * our cookie, but can neither add a header of its own nor claim our origin.
 */
final class OwnPage {

  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private OwnPage() {}

  static void check(Route route, HttpServletRequest request) {
    if (route.guard() != Route.Guard.OWN_PAGE) {
      return;
    }
    if (!"1".equals(request.getHeader("X-Logdash"))) {
      throw denied("the header X-Logdash: 1 is missing");
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !OWN_SITES.contains(site)) {
      throw denied("it comes from another site");
    }
    String origin = request.getHeader("Origin");
    if (origin != null && !isOwn(origin, request)) {
      throw denied("it comes from another origin");
    }
    String type = request.getContentType();
    boolean hasBody = request.getContentLengthLong() != 0 && !request.getMethod().equals("DELETE");
    if (hasBody && (type == null || !isJson(type)) && route.selector().isEmpty()) {
      throw Problem.of(415, "content_type", "the content type is application/json", "");
    }
  }

  // The host that the browser asked for, which a proxy is to pass on.
  private static boolean isOwn(String origin, HttpServletRequest request) {
    String host = request.getHeader("Host");
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isJson(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
  }

  private static Problem denied(String reason) {
    return Problem.of(
        403, "foreign_page", "the request was not sent by a page of logdash: " + reason, "");
  }
}
