package dev.logdash.core.auth;

import dev.logdash.api.auth.Grant;
import java.time.Instant;
import java.util.List;

/** A local user, as administrators see it. */
public record User(String name, List<Grant> grants, boolean disabled, Instant created) {

  public User {
    grants = List.copyOf(grants);
  }
}
