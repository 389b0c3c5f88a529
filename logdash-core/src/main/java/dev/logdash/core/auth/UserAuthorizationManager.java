package dev.logdash.core.auth;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.auth.Role;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.store.Filter;
import dev.logdash.core.json.JsonDocument;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.QueryParser;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Says what users may do and see. What no grant gives is denied; what several give adds up. A grant
 * whose role is gone, or whose scope cannot be read any more, gives nothing.
 */
public final class UserAuthorizationManager {

  private static final Logger LOG = LoggerFactory.getLogger(UserAuthorizationManager.class);
  private static final String PREFIX = "auth/role/";

  private static final Grant ADMINISTRATOR = Grant.of(Role.ADMIN.name());

  /** The most roles beside those built in. */
  private static final int MAX_ROLES = 500;

  private final DocumentStore store;
  private final UserDocuments users;
  private final AuditLog audit;
  private final QueryParser parser;
  private final Denials denials;

  UserAuthorizationManager(DocumentStore store, AuditLog audit, Clock clock) {
    this.store = store;
    this.users = new UserDocuments(store);
    this.audit = audit;
    this.parser = new QueryParser(clock);
    this.denials = new Denials(clock);
  }

  /** What a name with grants may do, by the roles as they are now. */
  public Mono<Principal> principal(String name, List<Grant> grants) {
    return Flux.fromIterable(grants)
        .concatMap(grant -> role(grant.role()).map(role -> new Granted(role, grant)))
        .collectList()
        .map(granted -> principal(name, granted, this::filterOrNothing));
  }

  /**
   * Completes if somebody holds a permission, for whatever events; else fails with an {@link
   * AccessDeniedException}, after writing that down, though not more than once a minute for the
   * same denial, so that a page that asks again and again does not fill the record.
   */
  public Mono<Void> require(Actor actor, Permission permission) {
    return Mono.defer(
        () -> {
          if (actor.principal().may(permission)) {
            return Mono.empty();
          }
          Mono<Void> refusal =
              Mono.error(
                  () -> new AccessDeniedException("this needs the permission " + permission));
          String name = actor.principal().name();
          return denials.isNew(name + ' ' + permission)
              ? audit
                  .append(actor.does(AuditLog.Action.ACCESS_DENIED, permission.name(), ""))
                  .then(refusal)
              : refusal;
        });
  }

  /** The roles built in, and those added. */
  public Flux<Role> roles(Actor actor) {
    return Flux.defer(
        () -> {
          actor.require(Permission.ROLES);
          return Flux.concat(
              Flux.fromIterable(Role.BUILT_IN),
              store.list(PREFIX, "", MAX_ROLES).map(UserAuthorizationManager::role));
        });
  }

  /** Adds a role or replaces one; takes effect with the next request of whoever has it. */
  public Mono<Void> putRole(Actor actor, Role role) {
    return Mono.defer(
        () -> {
          requireChangeable(actor, role.name());
          return store
              .get(PREFIX + role.name())
              .defaultIfEmpty(new Document(PREFIX + role.name(), DocumentStore.ABSENT, ""))
              .flatMap(
                  before ->
                      audit
                          .append(
                              actor.does(
                                  AuditLog.Action.ROLE_CHANGED,
                                  role.name(),
                                  before.body() + " -> " + body(role)))
                          .then(
                              Mono.defer(
                                  () -> store.put(before.key(), before.version(), body(role)))))
              .hasElement()
              .flatMap(written -> written ? Mono.empty() : putRole(actor, role));
        });
  }

  /** Removes a role; whoever has it has nothing by it from then on. */
  public Mono<Boolean> removeRole(Actor actor, String name) {
    return Mono.defer(
        () -> {
          requireChangeable(actor, name);
          return store
              .get(PREFIX + name)
              .flatMap(
                  document ->
                      audit
                          .append(actor.does(AuditLog.Action.ROLE_REMOVED, name, document.body()))
                          .then(Mono.defer(() -> store.delete(document.key(), document.version())))
                          .flatMap(removed -> removed ? Mono.just(true) : removeRole(actor, name)))
              .defaultIfEmpty(false);
        });
  }

  /**
   * Replaces what a user is granted, and ends their sessions.
   *
   * @return the user; empty if there is none
   */
  public Mono<User> setGrants(Actor actor, String name, List<Grant> grants) {
    return Mono.defer(
        () -> {
          actor.require(Permission.USERS);
          return requireValid(grants)
              .then(
                  users.update(
                      UserDocuments.fold(name),
                      user ->
                          requireAnotherAdministrator(users, user, grants.contains(ADMINISTRATOR))
                              .then(
                                  audit.append(
                                      actor.does(
                                          AuditLog.Action.GRANTS_CHANGED,
                                          user.name(),
                                          StoredUser.describe(user.grants())
                                              + " -> "
                                              + StoredUser.describe(grants)))),
                      user -> user.withGrants(grants)))
              .map(StoredUser::shown);
        });
  }

  /**
   * Completes if every role of some grants is there and every scope can be read.
   *
   * <p>Fails with a {@link QuerySyntaxException} for a scope, an {@link IllegalArgumentException}
   * for a role.
   */
  Mono<Void> requireValid(List<Grant> grants) {
    return Flux.fromIterable(grants)
        .concatMap(
            grant -> {
              parser.parse(grant.scope());
              return role(grant.role())
                  .switchIfEmpty(
                      Mono.error(
                          () -> new IllegalArgumentException("there is no role " + grant.role())));
            })
        .then();
  }

  /** Fails if a user is the last administrator and is not to stay one. */
  static Mono<Void> requireAnotherAdministrator(
      UserDocuments users, StoredUser user, boolean stays) {
    if (stays || !user.isAdministrator()) {
      return Mono.empty();
    }
    return users
        .all()
        .filter(other -> other.isAdministrator() && !other.name().equals(user.name()))
        .hasElements()
        .flatMap(
            another ->
                another
                    ? Mono.empty()
                    : Mono.error(
                        new IllegalStateException(
                            user.name() + " is the last administrator of all logs")));
  }

  private static void requireChangeable(Actor actor, String name) {
    actor.require(Permission.ROLES);
    if (Role.BUILT_IN.stream().anyMatch(role -> role.name().equals(name))) {
      throw new IllegalArgumentException("the role " + name + " is built in");
    }
  }

  private Mono<Role> role(String name) {
    for (Role role : Role.BUILT_IN) {
      if (role.name().equals(name)) {
        return Mono.just(role);
      }
    }
    return store.get(PREFIX + name).map(UserAuthorizationManager::role);
  }

  private static Role role(Document document) {
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    Set<Permission> permissions = new LinkedHashSet<>();
    for (String name : json.texts("permissions")) {
      for (Permission permission : Permission.values()) {
        // One that this version does not know gives nothing.
        if (permission.name().equals(name)) {
          permissions.add(permission);
        }
      }
    }
    return new Role(json.text("name"), permissions);
  }

  private static String body(Role role) {
    return JsonDocument.write(
        Map.of(
            "name",
            role.name(),
            "permissions",
            role.permissions().stream().map(Permission::name).sorted().toList()));
  }

  private Filter filterOrNothing(Grant grant) {
    try {
      return CanonicalFilter.of(parser.parse(grant.scope()));
    } catch (QuerySyntaxException e) {
      // Without the stack: it would be written for each request of whoever has the grant.
      LOG.warn(
          "the scope '{}' of a grant gives nothing, it cannot be read: {}",
          grant.scope(),
          e.getMessage());
      return CanonicalFilter.NOTHING;
    }
  }

  private static Principal principal(
      String name, List<Granted> granted, Function<Grant, Filter> filters) {
    Set<String> roles = new LinkedHashSet<>();
    Map<Permission, List<Filter>> scopes = new EnumMap<>(Permission.class);
    for (Granted one : granted) {
      Filter filter = filters.apply(one.grant);
      roles.add(one.role.name());
      for (Permission permission : one.role.permissions()) {
        scopes.computeIfAbsent(permission, key -> new ArrayList<>()).add(filter);
      }
    }
    Map<Permission, Filter> unions = new EnumMap<>(Permission.class);
    scopes.forEach((permission, parts) -> unions.put(permission, union(parts)));
    return new Principal(name, roles, unions, Set.of());
  }

  private static Filter union(List<Filter> parts) {
    List<Filter> distinct = parts.stream().distinct().toList();
    if (distinct.contains(Filter.ALL)) {
      return Filter.ALL;
    }
    return distinct.size() == 1 ? distinct.get(0) : new Filter.Or(distinct);
  }

  private record Granted(Role role, Grant grant) {}
}
