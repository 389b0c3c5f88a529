package dev.logdash.core.auth;

import static dev.logdash.core.auth.Access.HOME;
import static dev.logdash.core.auth.Access.PATIENCE;
import static dev.logdash.core.auth.Access.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.auth.Role;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.FilterMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserAuthorizationManagerTest {

  private final Access access = new Access();
  private final UserAuthorizationManager manager = access.control.authorization();

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void deniesEverythingWithoutAGrant() {
    Principal nobody = access.principal("ada");

    for (Permission permission : Permission.values()) {
      assertThat(nobody.may(permission)).isFalse();
      assertThat(sees(nobody, permission, "checkout")).isFalse();
    }
  }

  @Test
  void givesEachBuiltInRoleWhatTheOnesBelowHaveAndMore() {
    assertThat(Role.ANALYST.permissions()).containsAll(Role.VIEWER.permissions());
    assertThat(Role.ADMIN.permissions()).containsAll(Role.ANALYST.permissions());
    assertThat(Role.VIEWER.permissions())
        .doesNotContain(Permission.RULES, Permission.DEAD_LETTERS, Permission.USERS);
    assertThat(Role.ANALYST.permissions())
        .doesNotContain(Permission.USERS, Permission.SETTINGS, Permission.API_KEYS);
    // A person never sends logs by a session, which a foreign page could ride on.
    assertThat(Role.ADMIN.permissions()).doesNotContain(Permission.INGEST);
  }

  @Test
  void addsUpWhatSeveralGrantsGiveForEachPermission() {
    Principal ada =
        access.principal(
            "ada", new Grant("viewer", "service:checkout"), new Grant("analyst", "service:cart"));

    assertThat(sees(ada, Permission.SEARCH, "checkout")).isTrue();
    assertThat(sees(ada, Permission.SEARCH, "cart")).isTrue();
    assertThat(sees(ada, Permission.SEARCH, "payment")).isFalse();
    assertThat(sees(ada, Permission.RULES, "checkout")).isFalse();
    assertThat(sees(ada, Permission.RULES, "cart")).isTrue();
    assertThat(ada.mayEverywhere(Permission.SEARCH)).isFalse();
  }

  @Test
  void takesAGrantWithoutAScopeForAllEvents() {
    Principal ada =
        access.principal("ada", new Grant("viewer", "service:checkout"), Grant.of("viewer"));

    assertThat(ada.mayEverywhere(Permission.SEARCH)).isTrue();
    assertThat(access.principal("ada", new Grant("viewer", " * ")).scope(Permission.SEARCH))
        .isEqualTo(Filter.ALL);
  }

  @Test
  void givesNothingForARoleThatIsGoneOrAScopeThatCannotBeRead() {
    Principal ada = access.principal("ada", Grant.of("gone"), new Grant("viewer", "service:("));

    assertThat(sees(ada, Permission.SEARCH, "checkout")).isFalse();
    assertThat(ada.mayEverywhere(Permission.SEARCH)).isFalse();
  }

  @Test
  void takesAChangedRoleWithTheNextRequestEverywhere() {
    manager.putRole(access.root, new Role("follower", Set.of(Permission.TAIL))).block(PATIENCE);
    access.add("ada", Grant.of("follower"));
    String token = access.signIn("ada");
    UserAuthenticationManager elsewhere = access.open(2).authentication();
    assertThat(get(elsewhere.principal(token)).may(Permission.TAIL)).isTrue();

    manager.putRole(access.root, new Role("follower", Set.of(Permission.SEARCH))).block(PATIENCE);

    assertThat(get(elsewhere.principal(token)).may(Permission.TAIL)).isFalse();
    assertThat(get(elsewhere.principal(token)).may(Permission.SEARCH)).isTrue();

    assertThat(get(manager.removeRole(access.root, "follower"))).isTrue();

    assertThat(get(elsewhere.principal(token)).scopes()).isEmpty();
  }

  @Test
  void writesADenialDownOnceAMinute() {
    Actor ada = new Actor(access.principal("ada", Grant.of("viewer")), HOME);
    manager.require(ada, Permission.SEARCH).block(PATIENCE);
    for (int seconds = 0; seconds < 120; seconds++) {
      assertThatThrownBy(() -> manager.require(ada, Permission.USERS).block(PATIENCE))
          .isInstanceOf(AccessDeniedException.class);
      access.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(access.audited())
        .filteredOn(entry -> entry.action() == AuditLog.Action.ACCESS_DENIED)
        .containsOnly(new AuditLog.Entry(AuditLog.Action.ACCESS_DENIED, "ada", HOME, "USERS", ""))
        .hasSize(2);
  }

  @Test
  void changesNoRoleThatIsBuiltIn() {
    Role greedy = new Role("viewer", Set.of(Permission.values()));

    assertThatThrownBy(() -> manager.putRole(access.root, greedy).block(PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> get(manager.removeRole(access.root, "admin")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void letsOnlyAdministratorsOfAllLogsChangeRoles() {
    Role role = new Role("mine", Set.of(Permission.values()));
    for (Grant grant : List.of(Grant.of("analyst"), new Grant("admin", "service:checkout"))) {
      Actor actor = new Actor(access.principal("mallory", grant), HOME);

      assertThatThrownBy(() -> manager.putRole(actor, role).block(PATIENCE))
          .isInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(() -> get(manager.removeRole(actor, "mine")))
          .isInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(() -> manager.roles(actor).blockLast(PATIENCE))
          .isInstanceOf(AccessDeniedException.class);
    }
  }

  @Test
  void listsTheRolesBuiltInAndAdded() {
    manager.putRole(access.root, new Role("follower", Set.of(Permission.TAIL))).block(PATIENCE);

    assertThat(manager.roles(access.root).map(Role::name).collectList().block(PATIENCE))
        .containsExactly("viewer", "analyst", "admin", "follower");
  }

  @Test
  void recordsChangesOfRolesAndGrantsWithBeforeAndAfter() {
    access.add("ada", Grant.of("viewer"));
    get(manager.setGrants(access.root, "ada", List.of(new Grant("analyst", "service:\"a b\""))));
    manager.putRole(access.root, new Role("follower", Set.of(Permission.TAIL))).block(PATIENCE);

    assertThat(access.audited())
        .contains(
            new AuditLog.Entry(
                AuditLog.Action.GRANTS_CHANGED,
                "root",
                HOME,
                "ada",
                "{\"grants\":[{\"role\":\"viewer\",\"scope\":\"\"}]}"
                    + " -> {\"grants\":[{\"role\":\"analyst\",\"scope\":\"service:\\\"a b\\\"\"}]}"))
        .anyMatch(
            entry ->
                entry.action() == AuditLog.Action.ROLE_CHANGED && entry.change().contains("TAIL"));
  }

  private static boolean sees(Principal principal, Permission permission, String service) {
    return FilterMatcher.of(principal.scope(permission))
        .test(LogEvent.builder("x").service(service).build());
  }
}
