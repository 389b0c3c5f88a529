package dev.logdash.notify;

import dev.logdash.api.alert.NotifierType.Setting;
import java.util.List;
import java.util.Map;

/**
 * How e-mail is sent. Its text has neither user nor password.
 *
 * @param username empty where the server asks for none
 */
record EmailSettings(
    String host,
    int port,
    Security security,
    String username,
    String password,
    String from,
    List<String> to) {

  static final List<Setting> SETTINGS =
      List.of(
          new Setting("host", true, false, "The mail server, such as smtp.example.com"),
          new Setting("port", false, false, "Its port: 587 for starttls, 465 for tls, 25 for none"),
          new Setting(
              "security",
              false,
              false,
              "starttls (the default, and required), tls, or none for a relay that has no TLS"),
          new Setting("username", false, false, "Who signs in at it; empty if nobody has to"),
          new Setting("password", false, true, "The password of that user"),
          new Setting("from", true, false, "The sender, such as logdash@example.com"),
          new Setting(
              "to", true, false, "Up to 50 receivers: ops@example.com, oncall@example.com"));

  /** How the connection is protected. */
  enum Security {
    STARTTLS(587),
    TLS(465),
    NONE(25);

    private final int port;

    Security(int port) {
      this.port = port;
    }

    static Security parse(String text) {
      switch (text) {
        case "":
        case "starttls":
          return STARTTLS;
        case "tls":
          return TLS;
        case "none":
          return NONE;
        default:
          throw new IllegalArgumentException("security is not starttls, tls or none");
      }
    }
  }

  EmailSettings {
    to = List.copyOf(to);
  }

  static EmailSettings parse(Map<String, String> settings) {
    Settings values = new Settings(SETTINGS, settings);
    String host = values.get("host");
    if (!Hosts.isName(host) && !Network.isLiteral(host)) {
      throw new IllegalArgumentException("host is no name of a host, in ASCII or punycode");
    }
    Security security = Security.parse(values.get("security"));
    String username = values.get("username");
    String password = values.get("password");
    if (username.isEmpty() != password.isEmpty()) {
      throw new IllegalArgumentException(
          (username.isEmpty() ? "username" : "password") + " is missing beside the other");
    }
    if (security == Security.NONE && !password.isEmpty()) {
      throw new IllegalArgumentException("password is not sent with security none");
    }
    return new EmailSettings(
        host,
        values.port("port", security.port),
        security,
        username,
        password,
        EmailAddress.one("from", values.get("from")),
        EmailAddress.list("to", values.get("to")));
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }
}
