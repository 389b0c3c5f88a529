package dev.logdash.notify;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a POST goes. Its text is the host and nothing of the rest, which may be a secret.
 *
 * @param host without the brackets of an IPv6 address
 * @param target path and query, as they stand in the request
 */
record HttpPlace(boolean secure, String host, int port, String target) {

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none for a POST; without the address in its message
   */
  static HttpPlace parse(String setting, String address) {
    URI uri;
    try {
      uri = new URI(new URI(address).toASCIIString()).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(setting + " is no address such as https://example.com/x");
    }
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    if (!secure && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException(setting + " does not begin with https:// or http://");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(setting + " names no host, in ASCII or punycode");
    }
    if (uri.getRawUserInfo() != null || uri.getRawAuthority().indexOf('@') >= 0) {
      throw new IllegalArgumentException(setting + " has a user before its host");
    }
    if (uri.getPort() == 0 || uri.getPort() >= 1 << 16) {
      throw new IllegalArgumentException(setting + " has no port from 1 to 65535");
    }
    int usual = secure ? 443 : 80;
    String host = uri.getHost();
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery();
    return new HttpPlace(
        secure,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? usual : uri.getPort(),
        path + query);
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }
}
