package dev.logdash.core.auth;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.core.memory.InMemoryDocumentStore;
import dev.logdash.tck.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import reactor.core.publisher.Mono;

/** A store with access control over it, and an administrator. */
final class Access implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final String HOME = "192.0.2.1";
  static final String AWAY = "198.51.100.7";
  static final String PASSWORD = "correct horse battery";

  final MutableClock clock = MutableClock.atNoon();
  final CountingHasher hasher = new CountingHasher();
  final DocumentStore store;
  final AccessControl control;
  final Actor root;

  Access() {
    this(new InMemoryDocumentStore());
  }

  Access(DocumentStore store) {
    this.store = store;
    control = open(1);
    root = new Actor(principal("root", Grant.of("admin")), HOME);
    add("root", Grant.of("admin"));
  }

  /** Access control of another process on the same store. */
  AccessControl open(long seed) {
    return new AccessControl(store, hasher, AccessSettings.DEFAULTS, clock, new Random(seed));
  }

  UserAuthenticationManager authentication() {
    return control.authentication();
  }

  User add(String name, Grant... grants) {
    Principal all = principal("root", Grant.of("admin"));
    return get(authentication().addUser(new Actor(all, HOME), name, PASSWORD, List.of(grants)));
  }

  Principal principal(String name, Grant... grants) {
    return get(control.authorization().principal(name, List.of(grants)));
  }

  SignIn tryToSignIn(String name, String password, String client) {
    return get(authentication().signIn(name, password, client));
  }

  /** Signs in and gives the token. */
  String signIn(String name) {
    SignIn result = tryToSignIn(name, PASSWORD, HOME);
    if (result instanceof SignIn.Granted granted) {
      return granted.token();
    }
    throw new AssertionError(result);
  }

  List<AuditLog.Entry> audited() {
    List<AuditLog.Recorded> records = control.audit().list(0, 10_000).collectList().block(PATIENCE);
    return records == null ? List.of() : records.stream().map(AuditLog.Recorded::entry).toList();
  }

  static <T> T get(Mono<T> mono) {
    T value = mono.block(PATIENCE);
    if (value == null) {
      throw new AssertionError("no answer");
    }
    return value;
  }

  @Override
  public void close() {
    control.close();
  }
}
