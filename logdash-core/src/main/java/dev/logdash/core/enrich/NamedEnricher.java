package dev.logdash.core.enrich;

import dev.logdash.api.ingest.Enricher;
import java.util.Objects;

/**
 * An enricher and the name under which its failures are counted.
 *
 * @param name short, of letters, digits, {@code -} and {@code .}; several enrichers may share one
 */
public record NamedEnricher(String name, Enricher enricher) {

  public NamedEnricher {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an enricher needs a name");
    }
    Objects.requireNonNull(enricher, "enricher");
  }

  /** Takes the name of the class; that of the class around it for a lambda. */
  public static NamedEnricher of(Enricher enricher) {
    String type = enricher.getClass().getName();
    int generated = type.indexOf("$$");
    String stable = generated > 0 ? type.substring(0, generated) : type;
    return new NamedEnricher(stable.substring(stable.lastIndexOf('.') + 1), enricher);
  }
}
