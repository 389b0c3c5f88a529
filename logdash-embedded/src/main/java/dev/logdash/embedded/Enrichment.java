package dev.logdash.embedded;

import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.enrich.Enrichers;
import dev.logdash.core.enrich.NamedEnricher;
import java.util.ArrayList;
import java.util.List;

/** All that is added to events in an installation. */
public final class Enrichment {

  private Enrichment() {}

  /**
   * The enrichers of the settings, then those that libraries beside the product provide.
   *
   * @throws dev.logdash.core.config.ConfigException if a file or a library cannot be used
   */
  public static List<NamedEnricher> of(LogdashConfig config) {
    List<NamedEnricher> enrichers = new ArrayList<>(Enrichers.of(config));
    enrichers.addAll(Enrichers.provided(Enricher.class.getClassLoader()));
    return enrichers;
  }
}
