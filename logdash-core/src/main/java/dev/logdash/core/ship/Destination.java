package dev.logdash.core.ship;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** The server that takes the records, and the key that opens it. */
final class Destination {

  // Names are not looked up: what answers for them can change after the check.
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private final URI server;
  private final String apiKey;

  private Destination(URI server, String apiKey) {
    this.server = server;
    this.apiKey = apiKey;
  }

  /**
   * The server of the settings.
   *
   * @throws BackendException.Misconfigured if they name none, or one to which all would go in plain
   *     sight without leave
   */
  static Destination of(LogdashConfig config) {
    URI server =
        config
            .get(ConfigKeys.INGEST)
            .server()
            .orElseThrow(
                () ->
                    new BackendException.Misconfigured(
                        ConfigKeys.INGEST.name() + " names no server, such as https://logs:7070",
                        null));
    boolean plain = server.getScheme().toLowerCase(Locale.ROOT).equals("http");
    if (plain
        && !LOOPBACK.matcher(server.getHost()).matches()
        && !config.get(ConfigKeys.INGEST_PLAIN_HTTP)) {
      throw new BackendException.Misconfigured(
          "to "
              + server
              + " logs and the key would cross the network without TLS. Set "
              + ConfigKeys.INGEST.name()
              + " to an https address, or "
              + ConfigKeys.INGEST_PLAIN_HTTP.name()
              + "=true if the network is to be trusted",
          null);
    }
    return new Destination(server, config.get(ConfigKeys.INGEST_API_KEY));
  }

  /** Where the records of a producer go. */
  URI records(String producer) {
    String mount = server.toString();
    return URI.create(
        mount + (mount.endsWith("/") ? "" : "/") + "api/v1/ingest/records?producer=" + producer);
  }

  String apiKey() {
    return apiKey;
  }

  /** The address, without the key. */
  @Override
  public String toString() {
    return server.toString();
  }
}
