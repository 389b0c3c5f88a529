package dev.logdash.core.auth;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.core.json.JsonDocument;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The sessions, in the store, each under the SHA-256 of its token. Nothing is kept in memory, so a
 * session that was ended anywhere is over everywhere.
 */
final class Sessions {

  private static final String PREFIX = "auth/session/";
  private static final int TOKEN_BYTES = 32;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int PAGE = 500;

  // A write for each request would be a write to the disk for each; so the time of the last use may
  // be this much too old, and an idle session end this much too early.
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final DocumentStore store;
  private final AccessSettings settings;
  private final Clock clock;
  private final RandomGenerator random;

  Sessions(DocumentStore store, AccessSettings settings, Clock clock, RandomGenerator random) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A session.
   *
   * @param generation of the user, at the time of signing in
   * @param seen when it was last used
   */
  record Session(String user, long generation, Instant created, Instant seen) {

    private static Session of(Document document) {
      JsonDocument json = JsonDocument.read("of a session", document.body());
      return new Session(
          json.text("user"),
          json.number("generation"),
          Instant.ofEpochMilli(json.number("created")),
          Instant.ofEpochMilli(json.number("seen")));
    }

    private String body() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("user", user);
      json.put("generation", generation);
      json.put("created", created.toEpochMilli());
      json.put("seen", seen.toEpochMilli());
      return JsonDocument.write(json);
    }

    private Session touched(Instant now) {
      return new Session(user, generation, created, now);
    }
  }

  /** Begins a session; gives its token. */
  Mono<String> begin(StoredUser user) {
    return Mono.defer(
        () -> {
          String token = Secrets.token(random, TOKEN_BYTES);
          Instant now = clock.instant();
          Session session = new Session(user.name(), user.generation(), now, now);
          return store.put(key(token), DocumentStore.ABSENT, session.body()).thenReturn(token);
        });
  }

  /** The session of a token, now used once more; empty if there is none, or if it has ended. */
  Mono<Session> use(String token) {
    if (!TOKEN.matcher(token).matches()) {
      return Mono.empty();
    }
    return store
        .get(key(token))
        .flatMap(
            document -> {
              Session session = Session.of(document);
              Instant now = clock.instant();
              if (hasEnded(session, now)) {
                return store.delete(document.key(), document.version()).then(Mono.empty());
              }
              if (now.isBefore(session.seen().plus(TOUCH))) {
                return Mono.just(session);
              }
              // Refused if the session was ended or touched by another request meanwhile: an ended
              // one must not come back, so the one who lost looks again.
              return store
                  .put(document.key(), document.version(), session.touched(now).body())
                  .map(version -> session)
                  .switchIfEmpty(Mono.defer(() -> use(token)));
            });
  }

  /** Ends a session; gives it as it was, or nothing if there was none. */
  Mono<Session> end(String token) {
    if (!TOKEN.matcher(token).matches()) {
      return Mono.empty();
    }
    return store
        .get(key(token))
        .flatMap(
            document ->
                store
                    .delete(document.key(), document.version())
                    .flatMap(ended -> ended ? Mono.just(Session.of(document)) : end(token)));
  }

  /** Removes the sessions that have ended by themselves; gives how many. */
  Mono<Long> sweep() {
    return sweep("", 0);
  }

  private Mono<Long> sweep(String after, long before) {
    return store
        .list(PREFIX, after, PAGE)
        .collectList()
        .flatMap(page -> removeEnded(page).flatMap(count -> next(page, before + count)));
  }

  private Mono<Long> next(List<Document> page, long count) {
    return page.size() < PAGE ? Mono.just(count) : sweep(page.get(PAGE - 1).key(), count);
  }

  private Mono<Long> removeEnded(List<Document> page) {
    Instant now = clock.instant();
    return Flux.fromIterable(page)
        .filter(document -> hasEnded(Session.of(document), now))
        .concatMap(document -> store.delete(document.key(), document.version()))
        .filter(removed -> removed)
        .count();
  }

  private boolean hasEnded(Session session, Instant now) {
    return !now.isBefore(session.seen().plus(settings.idle()))
        || !now.isBefore(session.created().plus(settings.absolute()));
  }

  private static String key(String token) {
    return PREFIX + Secrets.sha256(token);
  }
}
