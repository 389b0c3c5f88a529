package dev.logdash.embedded;

import dev.logdash.api.ingest.Enricher;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.EnrichKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.enrich.Enrichers;
import dev.logdash.core.enrich.NamedEnricher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that is added to events in an installation. */
public final class Enrichment {

  private Enrichment() {}

  /**
   * The enrichers of the settings, those by address behind the others, then those that libraries
   * beside the product provide, and last the form of what the event is by then.
   *
   * @throws dev.logdash.core.config.ConfigException if a file or a library cannot be used
   */
  public static List<NamedEnricher> of(LogdashConfig config) {
    List<NamedEnricher> enrichers = new ArrayList<>(Enrichers.of(config));
    for (String file : config.get(EnrichKeys.GEOIP_DATABASE)) {
      enrichers.add(new NamedEnricher("geoip", geoip(file)));
    }
    enrichers.addAll(Enrichers.provided(Enricher.class.getClassLoader()));
    enrichers.addAll(Enrichers.last(config));
    return enrichers;
  }

  private static Enricher geoip(String file) {
    String setting = EnrichKeys.GEOIP_DATABASE.name() + " = " + file + ": ";
    try {
      return GeoIpEnricher.open(Path.of(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(setting + "no database that can be read: " + e, e);
    } catch (NoClassDefFoundError e) {
      throw new ConfigException(
          setting + "this needs com.maxmind.db:maxmind-db beside logdash-embedded", e);
    }
  }
}
