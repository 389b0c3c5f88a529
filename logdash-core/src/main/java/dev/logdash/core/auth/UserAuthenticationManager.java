package dev.logdash.core.auth;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.UnauthenticatedException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Knows the local users: signs them in and out, and says whose a session is. Sessions are looked up
 * for each request, so that what is revoked is over at once, in every process on the store.
 */
public final class UserAuthenticationManager {

  private final UserDocuments users;
  private final Sessions sessions;
  private final UserAuthorizationManager authorization;
  private final AuditLog audit;
  private final Passwords passwords;
  private final SharedThrottle throttle;
  private final Clock clock;

  UserAuthenticationManager(
      UserDocuments users,
      Sessions sessions,
      UserAuthorizationManager authorization,
      AuditLog audit,
      Passwords passwords,
      SharedThrottle throttle,
      Clock clock) {
    this.users = users;
    this.sessions = sessions;
    this.authorization = authorization;
    this.audit = audit;
    this.passwords = passwords;
    this.throttle = throttle;
    this.clock = clock;
  }

  /**
   * Signs a user in, under a new session.
   *
   * @param client the address of the client
   */
  public Mono<SignIn> signIn(String name, String password, String client) {
    return Mono.defer(
        () ->
            guarded(
                UserDocuments.fold(name),
                client,
                user -> verify(user, password, client),
                refused(name, client)));
  }

  /** Whoever a session belongs to; fails with {@link UnauthenticatedException} if nobody. */
  public Mono<Principal> principal(String token) {
    return user(token)
        .flatMap(user -> authorization.principal(user.name(), user.grants()))
        .switchIfEmpty(Mono.error(UnauthenticatedException::new));
  }

  /** Takes the token of a session from a cookie. */
  public Authenticator sessions(String cookie) {
    return credentials ->
        Mono.defer(
            () -> {
              List<String> tokens = credentials.cookies(cookie);
              if (tokens.isEmpty()) {
                return Mono.empty();
              }
              return tokens.size() == 1
                  ? principal(tokens.get(0))
                  : Mono.error(new UnauthenticatedException());
            });
  }

  /** Ends a session; does nothing if there is none. */
  public Mono<Void> signOut(String token, String client) {
    return sessions
        .end(token)
        .flatMap(
            session ->
                audit.append(
                    new AuditLog.Entry(
                        AuditLog.Action.SIGNED_OUT, session.user(), client, session.user(), "")));
  }

  /**
   * Changes the password of whoever a session belongs to. All sessions of the user end; a new one
   * begins.
   *
   * <p>Fails with an {@link IllegalArgumentException} for a password that is not acceptable.
   */
  public Mono<SignIn> changePassword(String token, String old, String password, String client) {
    return user(token)
        .switchIfEmpty(Mono.error(UnauthenticatedException::new))
        .flatMap(
            user -> {
              Passwords.requireAcceptable(user.name(), password);
              return guarded(
                  user.name(),
                  client,
                  found -> change(found, old, password, client),
                  refused(user.name(), client));
            });
  }

  /** Adds a user. Fails with an {@link IllegalArgumentException} for a name that is taken. */
  public Mono<User> addUser(Actor actor, String name, String password, List<Grant> grants) {
    return Mono.defer(
        () -> {
          actor.require(Permission.USERS);
          return authorization
              .requireValid(grants)
              .then(newUser(name, password, grants))
              .flatMap(
                  user ->
                      audit
                          .append(
                              actor.does(
                                  AuditLog.Action.USER_ADDED,
                                  user.name(),
                                  StoredUser.describe(grants)))
                          .then(users.add(user))
                          .map(added -> requireAdded(added, user)));
        });
  }

  /** Sets a new password and ends the user's sessions; empty if there is no such user. */
  public Mono<User> setPassword(Actor actor, String name, String password) {
    return Mono.defer(
        () -> {
          actor.require(Permission.USERS);
          String folded = UserDocuments.fold(name);
          Passwords.requireAcceptable(folded, password);
          return passwords
              .hash(password)
              .flatMap(
                  hash ->
                      update(
                          actor,
                          folded,
                          AuditLog.Action.PASSWORD_CHANGED,
                          user -> Mono.empty(),
                          user -> user.withPassword(hash)));
        });
  }

  /** Disables a user and ends their sessions, or enables them; empty if there is no such user. */
  public Mono<User> setDisabled(Actor actor, String name, boolean disabled) {
    return Mono.defer(
        () -> {
          actor.require(Permission.USERS);
          return update(
              actor,
              UserDocuments.fold(name),
              disabled ? AuditLog.Action.USER_DISABLED : AuditLog.Action.USER_ENABLED,
              user -> UserAuthorizationManager.requireAnotherAdministrator(users, user, !disabled),
              user -> user.withDisabled(disabled));
        });
  }

  /** Removes a user and ends their sessions; gives whether there was one. */
  public Mono<Boolean> removeUser(Actor actor, String name) {
    return Mono.defer(
        () -> {
          actor.require(Permission.USERS);
          return users.remove(
              UserDocuments.fold(name),
              user ->
                  UserAuthorizationManager.requireAnotherAdministrator(users, user, false)
                      .then(
                          audit.append(
                              actor.does(
                                  AuditLog.Action.USER_REMOVED,
                                  user.name(),
                                  StoredUser.describe(user.grants())))));
        });
  }

  /** All users, by name. */
  public Flux<User> users(Actor actor) {
    return Flux.defer(
        () -> {
          actor.require(Permission.USERS);
          return users.all().map(StoredUser::shown);
        });
  }

  /** Removes the documents of sessions that have ended; to be called now and then. */
  public Mono<Long> sweepSessions() {
    return sessions.sweep();
  }

  Mono<StoredUser> newUser(String name, String password, List<Grant> grants) {
    String folded = UserDocuments.fold(name);
    if (!UserDocuments.isName(folded)) {
      throw new IllegalArgumentException(
          "a user is named by 1 to 64 of the characters a-z 0-9 . _ @ + -");
    }
    Passwords.requireAcceptable(folded, password);
    // Sessions belong to a generation: a user of a name that was in use before starts a new one.
    return passwords
        .hash(password)
        .map(hash -> new StoredUser(folded, hash, grants, false, clock.millis(), clock.instant()));
  }

  Mono<SignIn> begin(StoredUser user) {
    return Mono.zip(sessions.begin(user), authorization.principal(user.name(), user.grants()))
        .map(both -> new SignIn.Granted(both.getT1(), both.getT2()));
  }

  /**
   * Runs an attempt under the throttle.
   *
   * @param refusal what to record if it is refused
   */
  Mono<SignIn> guarded(
      String user, String client, Function<String, Mono<SignIn>> attempt, Mono<Void> refusal) {
    return throttle
        .enter(user, client)
        .flatMap(
            wait ->
                wait.isZero()
                    ? attempted(user, client, attempt, refusal)
                    : Mono.just(new SignIn.Later(wait)));
  }

  private Mono<SignIn> attempted(
      String user, String client, Function<String, Mono<SignIn>> attempt, Mono<Void> refusal) {
    return attempt
        .apply(user)
        .onErrorResume(
            Passwords.Busy.class, busy -> Mono.just(new SignIn.Later(Passwords.BUSY_FOR)))
        .onErrorResume(failure -> throttle.withdraw(user, client).then(Mono.error(failure)))
        .flatMap(
            result -> {
              if (result instanceof SignIn.Granted) {
                return throttle.succeeded(user, client).thenReturn(result);
              }
              if (result instanceof SignIn.Later) {
                return throttle.withdraw(user, client).thenReturn(result);
              }
              return refusal.thenReturn(result);
            });
  }

  private Mono<SignIn> verify(String name, String password, String client) {
    return checked(name, password)
        .flatMap(
            user ->
                audit
                    .append(
                        new AuditLog.Entry(
                            AuditLog.Action.SIGNED_IN, user.name(), client, user.name(), ""))
                    .then(renewHash(user, password))
                    .then(Mono.defer(() -> begin(user))))
        .defaultIfEmpty(new SignIn.Refused());
  }

  private Mono<SignIn> change(String name, String old, String password, String client) {
    return checked(name, old)
        .flatMap(user -> passwords.hash(password))
        .flatMap(
            hash ->
                users.update(
                    name,
                    user ->
                        audit.append(
                            new AuditLog.Entry(
                                AuditLog.Action.PASSWORD_CHANGED, name, client, name, "")),
                    user -> user.withPassword(hash)))
        .flatMap(this::begin)
        .defaultIfEmpty(new SignIn.Refused());
  }

  /** The user of a name and password; empty if either is wrong, after the same work. */
  private Mono<StoredUser> checked(String name, String password) {
    return users
        .find(name)
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .flatMap(
            found ->
                passwords
                    .verify(
                        password, found.map(StoredUser::passwordHash).orElseGet(passwords::decoy))
                    .flatMap(
                        right ->
                            Mono.justOrEmpty(found.filter(user -> right && !user.disabled()))));
  }

  /** Makes the hash anew if its parameters are no longer the current ones. */
  private Mono<Void> renewHash(StoredUser user, String password) {
    if (!passwords.isOutdated(user.passwordHash())) {
      return Mono.empty();
    }
    return passwords
        .hash(password)
        .flatMap(
            hash ->
                users.update(
                    user.name(),
                    current -> Mono.empty(),
                    current ->
                        current.passwordHash().equals(user.passwordHash())
                            ? current.rehashed(hash)
                            : current))
        .then();
  }

  private Mono<StoredUser> user(String token) {
    return sessions
        .use(token)
        .flatMap(
            session ->
                users
                    .find(session.user())
                    .filter(user -> !user.disabled() && user.generation() == session.generation()));
  }

  private Mono<User> update(
      Actor actor,
      String name,
      AuditLog.Action action,
      Function<StoredUser, Mono<Void>> condition,
      UnaryOperator<StoredUser> change) {
    return users
        .update(
            name,
            user ->
                condition
                    .apply(user)
                    .then(Mono.defer(() -> audit.append(actor.does(action, user.name(), "")))),
            change)
        .map(StoredUser::shown);
  }

  /** A name that nobody has may be a password in the wrong box, and is not written down. */
  private Mono<Void> refused(String name, String client) {
    return users
        .find(UserDocuments.fold(name))
        .map(StoredUser::name)
        .defaultIfEmpty("")
        .flatMap(
            known ->
                audit.append(
                    new AuditLog.Entry(AuditLog.Action.SIGN_IN_REFUSED, "", client, known, "")));
  }

  private static User requireAdded(boolean added, StoredUser user) {
    if (!added) {
      throw new IllegalArgumentException("there is a user " + user.name() + " already");
    }
    return user.shown();
  }
}
