package dev.logdash.api.auth;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A name for permissions that are granted together.
 *
 * @param name 1 to 64 of the characters {@code a-z 0-9 . _ -}
 */
public record Role(String name, Set<Permission> permissions) {

  public static final Role VIEWER =
      new Role(
          "viewer",
          Set.of(
              Permission.SEARCH,
              Permission.TAIL,
              Permission.OVERVIEW,
              Permission.PIPELINE,
              Permission.SAVED_SEARCHES));

  public static final Role ANALYST =
      new Role(
          "analyst",
          with(
              VIEWER,
              Permission.RULES,
              Permission.SILENCES,
              Permission.DEAD_LETTERS,
              Permission.INGEST_DEBUG));

  public static final Role ADMIN =
      new Role(
          "admin",
          with(
              ANALYST,
              Permission.USERS,
              Permission.ROLES,
              Permission.API_KEYS,
              Permission.CHANNELS,
              Permission.SETTINGS,
              Permission.AUDIT));

  /** The roles that are always there and cannot be changed. */
  public static final List<Role> BUILT_IN = List.of(VIEWER, ANALYST, ADMIN);

  public Role {
    if (!name.matches("[a-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "a role is named by 1 to 64 of the characters a-z 0-9 . _ -");
    }
    permissions = Set.copyOf(permissions);
  }

  private static Set<Permission> with(Role role, Permission first, Permission... rest) {
    Set<Permission> permissions = EnumSet.of(first, rest);
    permissions.addAll(role.permissions);
    return permissions;
  }
}
