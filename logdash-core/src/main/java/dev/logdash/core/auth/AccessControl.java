package dev.logdash.core.auth;

import dev.logdash.api.auth.AttemptCounters;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.document.DocumentStore;
import java.time.Clock;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/**
 * Wires what decides over access, over one store. Several processes may share the store. Building
 * does no I/O.
 */
public final class AccessControl implements AutoCloseable {

  private final UserDocuments users;
  private final Passwords passwords;
  private final AuditLog audit;
  private final UserAuthorizationManager authorization;
  private final UserAuthenticationManager authentication;
  private final FirstAdministrator firstAdministrator;
  private final ApiKeys apiKeys;

  /** One instance, which alone counts tries at passwords. */
  public AccessControl(
      DocumentStore store,
      PasswordHasher hasher,
      AccessSettings settings,
      Clock clock,
      RandomGenerator random) {
    this(store, hasher, settings, clock, random, AttemptCounters.none());
  }

  /**
   * @param random where secrets come from: a {@link java.security.SecureRandom}, except in tests
   * @param attempts counts tries at passwords together with other instances
   */
  public AccessControl(
      DocumentStore store,
      PasswordHasher hasher,
      AccessSettings settings,
      Clock clock,
      RandomGenerator random,
      AttemptCounters attempts) {
    users = new UserDocuments(store);
    passwords = new Passwords(hasher);
    audit = new AuditLog(store, clock);
    authorization = new UserAuthorizationManager(store, audit, clock);
    authentication =
        new UserAuthenticationManager(
            users,
            new Sessions(store, settings, clock, random),
            authorization,
            audit,
            passwords,
            new SharedThrottle(new Throttle(clock), attempts),
            clock);
    firstAdministrator =
        new FirstAdministrator(store, authentication, audit, settings, clock, random);
    apiKeys = new ApiKeys(store, audit, clock, random);
  }

  public UserAuthenticationManager authentication() {
    return authentication;
  }

  public UserAuthorizationManager authorization() {
    return authorization;
  }

  /** What a user may do now, by name; empty for nobody and for who may not sign in. */
  public Mono<Principal> principal(String user) {
    return users
        .find(UserDocuments.fold(user))
        .filter(found -> !found.disabled())
        .flatMap(found -> authorization.principal(found.name(), found.grants()));
  }

  public FirstAdministrator firstAdministrator() {
    return firstAdministrator;
  }

  public ApiKeys apiKeys() {
    return apiKeys;
  }

  public AuditLog audit() {
    return audit;
  }

  /** Ends the threads that hash passwords. */
  @Override
  public void close() {
    passwords.close();
  }
}
