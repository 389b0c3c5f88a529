package dev.logdash.core.alert;

import java.time.Instant;
import java.util.Map;

/**
 * A time in which nobody is told. The alert itself shows.
 *
 * @param rule the id of the rule; empty for every rule
 * @param group the values that the group of an alert must have; empty for every group
 */
public record Silence(
    String id,
    String rule,
    Map<String, String> group,
    Instant from,
    Instant until,
    String by,
    String comment) {

  public Silence {
    group = Map.copyOf(group);
  }

  boolean holds(AlertRule of, Map<String, String> groupOf, Instant at) {
    return (rule.isEmpty() || rule.equals(of.id()))
        && groupOf.entrySet().containsAll(group.entrySet())
        && !at.isBefore(from)
        && at.isBefore(until);
  }
}
