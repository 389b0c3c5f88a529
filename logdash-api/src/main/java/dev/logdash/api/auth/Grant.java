package dev.logdash.api.auth;

import java.util.Objects;

/**
 * A role, within a scope.
 *
 * @param role the name of a role
 * @param scope which events the role is for, in the query language; empty for all
 */
public record Grant(String role, String scope) {

  public Grant {
    Objects.requireNonNull(role, "role");
    scope = scope.strip();
  }

  /** A role for all events. */
  public static Grant of(String role) {
    return new Grant(role, "");
  }
}
