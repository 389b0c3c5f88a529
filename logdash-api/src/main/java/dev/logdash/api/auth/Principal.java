package dev.logdash.api.auth;

import dev.logdash.api.store.Filter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whoever asks, as it stands at the moment of asking; to be made anew for each request.
 *
 * @param name of the user, or {@code key:} and the id of an API key
 * @param roles the names of the roles held, for display; what counts are the permissions
 * @param scopes the permissions held, each with the events it is for: the union of the grants that
 *     give it
 * @param datasets the datasets that may be written to with {@link Permission#INGEST}
 */
public record Principal(
    String name, Set<String> roles, Map<Permission, Filter> scopes, Set<String> datasets) {

  private static final Filter NOTHING = new Filter.Not(Filter.ALL);

  public Principal {
    Objects.requireNonNull(name, "name");
    roles = Set.copyOf(roles);
    scopes = Map.copyOf(scopes);
    datasets = Set.copyOf(datasets);
  }

  /** Whether a permission is held: for some events, or for all where it cannot be for some. */
  public boolean may(Permission permission) {
    return permission.withinScope() ? scopes.containsKey(permission) : mayEverywhere(permission);
  }

  /** Which events a permission is for; none without the permission. */
  public Filter scope(Permission permission) {
    return scopes.getOrDefault(permission, NOTHING);
  }

  /** Whether a permission is held for all events. */
  public boolean mayEverywhere(Permission permission) {
    return scope(permission).equals(Filter.ALL);
  }

  public boolean mayWrite(String dataset) {
    return may(Permission.INGEST) && datasets.contains(dataset);
  }
}
