package dev.logdash.core.alert;

import java.util.Map;

/**
 * A way to tell people.
 *
 * @param version of the document; 0 for one that is not stored
 * @param kind the name of its {@link dev.logdash.api.alert.NotifierType}
 * @param settings by name; of a secret one {@value #HIDDEN} is shown
 */
public record AlertChannel(
    String id, long version, String kind, String name, Map<String, String> settings) {

  /** Stands for a secret that is there. */
  public static final String HIDDEN = "***";

  public AlertChannel {
    settings = Map.copyOf(settings);
  }

  @Override
  public String toString() {
    return kind + " channel " + name;
  }
}
