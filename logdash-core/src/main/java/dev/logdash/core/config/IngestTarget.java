package dev.logdash.core.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where logs are brought, behind the spool. */
public sealed interface IngestTarget {

  /** The stores of this process. */
  record Local() implements IngestTarget {}

  /** A topic, from which any number of processes take them. */
  record Kafka() implements IngestTarget {}

  /** The spool of another logdash. */
  record Server(URI address) implements IngestTarget {}

  /** The server that takes them; empty where there is none between. */
  default Optional<URI> server() {
    return this instanceof Server server ? Optional.of(server.address()) : Optional.empty();
  }

  /**
   * Reads {@code local}, {@code kafka} or an address.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static IngestTarget parse(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "local":
        return new Local();
      case "kafka":
        return new Kafka();
      default:
        return new Server(ConfigType.server(text));
    }
  }
}
