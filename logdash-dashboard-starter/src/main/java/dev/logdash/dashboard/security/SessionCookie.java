package dev.logdash.dashboard.security;

import java.util.Locale;

/**
 * The cookie that holds the token of a session. Over TLS it has a name that only this host can set
 * and that no plain request carries. Without TLS there is a cookie only where nobody is in between,
 * on loopback, or where that was asked for; the page then warns. Anywhere else nobody can sign in.
 */
public final class SessionCookie {

  /** The name over TLS. */
  public static final String SECURE_NAME = "__Host-logdash";

  private static final String PLAIN_NAME = "logdash";

  private final boolean plainAllowed;

  /**
   * A cookie that is plain on loopback, or wherever that is allowed.
   *
   * @param plainAllowed whether people may sign in over plain HTTP from anywhere
   */
  public SessionCookie(boolean plainAllowed) {
    this.plainAllowed = plainAllowed;
  }

  /** How a request reached us, as far as cookies are concerned. */
  public enum Way {
    TLS(""),
    LOOPBACK(""),
    PLAIN_ALLOWED(
        "This connection is not encrypted: everybody on the way can read what you read, and your"
            + " password. Use TLS, or reach it through an SSH tunnel."),
    PLAIN_REFUSED(
        "Nobody can sign in here, because this connection is not encrypted and a password would be"
            + " readable on the way. Open the dashboard over https (a proxy that adds TLS must be"
            + " named as trusted), open http://localhost through an SSH tunnel, or allow plain HTTP"
            + " in the configuration if you accept that.");

    private final String message;

    Way(String message) {
      this.message = message;
    }

    /** What people must be told; empty if nothing. */
    public String message() {
      return message;
    }
  }

  /**
   * How a request reached us.
   *
   * @param client who sent the request
   * @param host the {@code Host} header, which must be loopback too: a page of somebody else can
   *     have its own name lead to loopback
   */
  public Way way(TrustedProxies.Client client, String host) {
    if (client.secure()) {
      return Way.TLS;
    }
    if (isLoopback(client.address()) && isLoopbackHost(host)) {
      return Way.LOOPBACK;
    }
    return plainAllowed ? Way.PLAIN_ALLOWED : Way.PLAIN_REFUSED;
  }

  /**
   * The name of the cookie; empty where there is none. Cookies do not tell ports apart, so without
   * TLS the port is part of the name, and several dashboards on one host do not sign each other
   * out.
   */
  public String name(Way way, int port) {
    switch (way) {
      case TLS:
        return SECURE_NAME;
      case PLAIN_REFUSED:
        return "";
      default:
        return PLAIN_NAME + '-' + port;
    }
  }

  /** The value of {@code Set-Cookie} that hands a token out; it lives as long as the browser. */
  public String set(Way way, int port, String token) {
    if (way == Way.PLAIN_REFUSED) {
      throw new IllegalStateException(way.message());
    }
    return name(way, port) + '=' + token + attributes(way);
  }

  /** The value of {@code Set-Cookie} that takes the token away. */
  public String clear(Way way, int port) {
    String name = way == Way.PLAIN_REFUSED ? PLAIN_NAME + '-' + port : name(way, port);
    return name + "=; Max-Age=0" + attributes(way);
  }

  private static String attributes(Way way) {
    return "; Path=/; HttpOnly; SameSite=Strict" + (way == Way.TLS ? "; Secure" : "");
  }

  private static boolean isLoopback(String address) {
    return address.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
        || address.equals("::1")
        || address.equals("0:0:0:0:0:0:0:1");
  }

  private static boolean isLoopbackHost(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d{1,5}$", "");
    return name.equals("localhost") || name.equals("[::1]") || isLoopback(name);
  }
}
