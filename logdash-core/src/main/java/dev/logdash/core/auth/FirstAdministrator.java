package dev.logdash.core.auth;

import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Role;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.core.json.JsonDocument;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/**
 * Lets whoever can read the console make the first user, once. There are no default credentials:
 * until that is done nobody can sign in.
 */
public final class FirstAdministrator {

  private static final String KEY = "auth/set-up";
  private static final int CODE_BYTES = 20;

  private final DocumentStore store;
  private final UserDocuments users;
  private final UserAuthenticationManager authentication;
  private final AuditLog audit;
  private final AccessSettings settings;
  private final Clock clock;
  private final RandomGenerator random;

  FirstAdministrator(
      DocumentStore store,
      UserAuthenticationManager authentication,
      AuditLog audit,
      AccessSettings settings,
      Clock clock,
      RandomGenerator random) {
    this.store = store;
    this.users = new UserDocuments(store);
    this.authentication = authentication;
    this.audit = audit;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /** Whether nobody can sign in yet. */
  public Mono<Boolean> isMissing() {
    return users.areNone();
  }

  /**
   * A code of 160 bits, to be shown on the console and nowhere else; empty if there are users. Each
   * call gives a new code and makes those before worthless, also one that another process gave.
   */
  public Mono<String> offer() {
    return isMissing().flatMap(missing -> missing ? newCode() : Mono.empty());
  }

  /**
   * Adds the first administrator and signs them in. A code is used up by that, or by time.
   *
   * <p>Fails with an {@link IllegalArgumentException} for a name or a password that is not
   * acceptable; the code then stays as it is.
   */
  public Mono<SignIn> complete(String code, String name, String password, String client) {
    return Mono.defer(
        () ->
            authentication.guarded(
                KEY + ' ' + client,
                client,
                key -> add(code, name, password, client),
                record(AuditLog.Action.SET_UP_REFUSED, "", client)));
  }

  private Mono<String> newCode() {
    return Mono.defer(
        () -> {
          String code = Secrets.token(random, CODE_BYTES);
          String body =
              JsonDocument.write(
                  Map.of(
                      "code",
                      Secrets.sha256(code),
                      "until",
                      clock.instant().plus(settings.setUp()).toEpochMilli()));
          return record(AuditLog.Action.SET_UP_OFFERED, "", "")
              .then(store.get(KEY))
              .map(Document::version)
              .defaultIfEmpty(DocumentStore.ABSENT)
              .flatMap(version -> store.put(KEY, version, body))
              .map(version -> code)
              .switchIfEmpty(Mono.defer(this::newCode));
        });
  }

  private Mono<SignIn> add(String code, String name, String password, String client) {
    return store
        .get(KEY)
        .filter(document -> isRight(code, document))
        .filterWhen(document -> users.areNone())
        .flatMap(
            document ->
                authentication
                    .newUser(name, password, List.of(Grant.of(Role.ADMIN.name())))
                    .flatMap(user -> add(document, user, client)))
        .defaultIfEmpty(new SignIn.Refused());
  }

  private Mono<SignIn> add(Document code, StoredUser user, String client) {
    // Of several with the right code only the one that takes the document away goes on.
    return store
        .delete(code.key(), code.version())
        .filter(taken -> taken)
        .flatMap(
            taken ->
                record(AuditLog.Action.SET_UP_COMPLETED, user.name(), client).thenReturn(taken))
        .flatMap(taken -> users.add(user))
        .filter(added -> added)
        .flatMap(added -> authentication.begin(user));
  }

  private boolean isRight(String code, Document document) {
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    return Secrets.areEqual(json.text("code"), Secrets.sha256(code))
        && clock.millis() < json.number("until");
  }

  private Mono<Void> record(AuditLog.Action action, String name, String client) {
    return Mono.defer(() -> audit.append(new AuditLog.Entry(action, name, client, name, "")));
  }
}
