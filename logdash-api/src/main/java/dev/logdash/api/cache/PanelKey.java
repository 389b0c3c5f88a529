package dev.logdash.api.cache;

import java.util.Objects;

/**
 * Names what was computed.
 *
 * @param scope what its reader may see; two readers with different rights never share a panel
 * @param fingerprint the question: what was computed, over which events and time
 */
public record PanelKey(String scope, String fingerprint) {

  public PanelKey {
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(fingerprint, "fingerprint");
  }
}
