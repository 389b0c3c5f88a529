package dev.logdash.dashboard;

import java.util.List;
import java.util.Set;

/**
 * The cookie that carries a session. Over TLS it is one that no other path and no other host can
 * set. Without TLS there is one only on the machine itself, or where the host says so.
 */
final class SessionCookie {

  static final String SECURE = "__Host-logdash";
  static final String PLAIN = "logdash";

  /** The names under which a session may come. */
  static final List<String> NAMES = List.of(SECURE, PLAIN);

  private static final Set<String> LOOPBACK =
      Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "[::1]", "[0:0:0:0:0:0:0:1]");

  private final boolean plainAllowed;

  SessionCookie(boolean plainAllowed) {
    this.plainAllowed = plainAllowed;
  }

  /** The header value that sets a session. */
  String set(Exchange exchange, String token) {
    return header(exchange, token, "");
  }

  /** The header value that takes it away again. */
  String clear(Exchange exchange) {
    return header(exchange, "", "; Max-Age=0");
  }

  /** What to tell people about an insecure connection; empty where there is nothing to tell. */
  String warning(Exchange exchange) {
    if (exchange.isSecure() || isLocal(exchange)) {
      return "";
    }
    return plainAllowed
        ? "This page comes without TLS: whoever is on the network can read what you type and see."
        : "Nobody can sign in, since this page comes without TLS and whoever is on the network"
            + " could read the password. Put a proxy with TLS in front, or look from the machine"
            + " itself.";
  }

  /** Whether a session can be carried safely enough. */
  boolean isPossible(Exchange exchange) {
    return exchange.isSecure() || plainAllowed || isLocal(exchange);
  }

  private static String header(Exchange exchange, String token, String more) {
    return exchange.isSecure()
        ? SECURE + '=' + token + "; Path=/; Secure; HttpOnly; SameSite=Strict" + more
        : PLAIN + '=' + token + "; Path=/; HttpOnly; SameSite=Strict" + more;
  }

  private static boolean isLocal(Exchange exchange) {
    return LOOPBACK.contains(exchange.credentials().clientAddress());
  }
}
