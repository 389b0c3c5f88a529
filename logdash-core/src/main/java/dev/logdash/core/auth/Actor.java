package dev.logdash.core.auth;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.AccessDeniedException;

/**
 * Who changes something, and from where.
 *
 * @param client the address of the client
 */
public record Actor(Principal principal, String client) {

  /**
   * Lets only those pass who hold a permission for all events: whoever could change users within a
   * scope could give themselves more than that scope.
   */
  public void require(Permission permission) {
    if (!principal.mayEverywhere(permission)) {
      throw new AccessDeniedException("this needs the permission " + permission + " for all logs");
    }
  }

  public AuditLog.Entry does(AuditLog.Action action, String subject, String change) {
    return new AuditLog.Entry(action, principal.name(), client, subject, change);
  }
}
