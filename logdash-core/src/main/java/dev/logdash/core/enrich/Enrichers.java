package dev.logdash.core.enrich;

import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.EnrichKeys;
import dev.logdash.core.config.LogdashConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Makes the enrichers that settings ask for, and finds those of others. */
public final class Enrichers {

  private Enrichers() {}

  /**
   * The enrichers that come with the product, in the order in which they work: trace context,
   * identity, user agent, fingerprint, then the tables by name. Reads the files of the tables.
   *
   * @throws ConfigException if a table cannot be read or used, naming the file and the line
   */
  public static List<NamedEnricher> of(LogdashConfig config) {
    List<NamedEnricher> enrichers = new ArrayList<>();
    if (config.get(EnrichKeys.TRACE)) {
      enrichers.add(new NamedEnricher("trace", new TraceEnricher()));
    }
    if (config.get(EnrichKeys.IDENTITY)) {
      enrichers.add(new NamedEnricher("identity", new IdentityEnricher()));
    }
    String service = config.get(EnrichKeys.SERVICE);
    if (!service.isEmpty()) {
      enrichers.add(
          new NamedEnricher(
              "service",
              event ->
                  event.service().isEmpty() ? event.toBuilder().service(service).build() : event));
    }
    if (config.get(EnrichKeys.USER_AGENT)) {
      enrichers.add(new NamedEnricher("user-agent", new UserAgentEnricher()));
    }
    if (config.get(EnrichKeys.FINGERPRINT)) {
      InAppFrames inApp = new InAppFrames(config.get(EnrichKeys.FINGERPRINT_IN_APP));
      enrichers.add(new NamedEnricher("fingerprint", new FingerprintEnricher(inApp)));
    }
    enrichers.addAll(LookupTables.of(config.below(EnrichKeys.LOOKUP)));
    return List.copyOf(enrichers);
  }

  /**
   * What has to come behind all others, those of libraries too, since it says something about what
   * an event is in the end: the form of its message.
   */
  public static List<NamedEnricher> last(LogdashConfig config) {
    return config.get(EnrichKeys.FORM)
        ? List.of(new NamedEnricher("form", new FormEnricher()))
        : List.of();
  }

  /**
   * The enrichers that libraries provide as services of {@link Enricher}, by the names of their
   * classes, so that their order does not follow that of the class path.
   *
   * @throws ConfigException if one cannot be made
   */
  public static List<NamedEnricher> provided(ClassLoader libraries) {
    try {
      return ServiceLoader.load(Enricher.class, libraries).stream()
          .sorted(Comparator.comparing(provider -> provider.type().getName()))
          .map(provider -> NamedEnricher.of(provider.get()))
          .toList();
    } catch (ServiceConfigurationError e) {
      throw new ConfigException("an enricher of a library cannot be used: " + e.getMessage(), e);
    }
  }
}
