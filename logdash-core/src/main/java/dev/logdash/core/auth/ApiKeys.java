package dev.logdash.core.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.api.error.UnauthenticatedException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.core.json.JsonDocument;
import dev.logdash.core.store.EventLimits;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keys for programs that send logs: each may write to one dataset, and do nothing else. A key is
 * {@code ldk_<id>_<secret>}; of the secret, 256 bits, only the hash is kept.
 */
public final class ApiKeys {

  private static final String PREFIX = "auth/key/";
  private static final int MAX_KEYS = 1_000;
  private static final Pattern TOKEN = Pattern.compile("ldk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");
  private static final Pattern PAIR = Pattern.compile("([0-9a-f]{16}):([A-Za-z0-9_-]{43})");

  // Longer headers are not looked at; the pair in base 64 has 80 characters.
  private static final int MAX_HEADER = 256;

  private final DocumentStore store;
  private final AuditLog audit;
  private final Clock clock;
  private final RandomGenerator random;

  ApiKeys(DocumentStore store, AuditLog audit, Clock clock, RandomGenerator random) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A key, without its secret.
   *
   * @param label what it is for
   * @param by who made it
   */
  public record ApiKey(String id, String label, String dataset, String by, Instant created) {}

  /**
   * A new key.
   *
   * @param token to be shown once; it is kept nowhere
   */
  public record Created(ApiKey key, String token) {

    @Override
    public String toString() {
      return "Created[" + key + ']';
    }
  }

  /** Makes a key that may write to a dataset. */
  public Mono<Created> create(Actor actor, String label, String dataset) {
    return Mono.defer(
        () -> {
          actor.require(Permission.API_KEYS);
          String refusal = EventLimits.refusal(LogEvent.builder("probe").dataset(dataset).build());
          if (refusal != null || label.length() > 200) {
            throw new IllegalArgumentException(
                refusal == null ? "a label has at most 200 characters" : refusal);
          }
          String secret = Secrets.token(random, 32);
          ApiKey key =
              new ApiKey(
                  Secrets.hex(random, 8),
                  label,
                  dataset,
                  actor.principal().name(),
                  clock.instant());
          return audit
              .append(actor.does(AuditLog.Action.API_KEY_ADDED, key.id(), label + ": " + dataset))
              .then(
                  Mono.defer(
                      () ->
                          store.put(
                              PREFIX + key.id(),
                              DocumentStore.ABSENT,
                              body(key, Secrets.sha256(secret)))))
              .map(version -> new Created(key, "ldk_" + key.id() + '_' + secret));
        });
  }

  /** Makes a key worthless, at once; gives whether there was one. */
  public Mono<Boolean> revoke(Actor actor, String id) {
    return Mono.defer(
        () -> {
          actor.require(Permission.API_KEYS);
          return store
              .get(PREFIX + id)
              .flatMap(
                  document ->
                      audit
                          .append(
                              actor.does(
                                  AuditLog.Action.API_KEY_REVOKED, id, key(document).label()))
                          .then(Mono.defer(() -> store.delete(document.key(), document.version()))))
              .defaultIfEmpty(false);
        });
  }

  /** All keys, by id. */
  public Flux<ApiKey> list(Actor actor) {
    return Flux.defer(
        () -> {
          actor.require(Permission.API_KEYS);
          return store.list(PREFIX, "", MAX_KEYS).map(ApiKeys::key);
        });
  }

  /**
   * Takes a key from {@code Authorization: Bearer <key>}, or, as shippers for Elasticsearch send
   * it, from {@code ApiKey} or {@code Basic} with {@code <id>:<secret>} in base 64. Other schemes,
   * other bearer tokens and other users are left to others.
   */
  public Authenticator authenticator() {
    return credentials -> Mono.defer(() -> authenticate(credentials.headers("Authorization")));
  }

  private Mono<Principal> authenticate(List<String> headers) {
    if (headers.stream().noneMatch(ApiKeys::isForUs)) {
      return Mono.empty();
    }
    Matcher parts = headers.size() == 1 ? parts(headers.get(0)) : null;
    if (parts == null) {
      return Mono.error(new UnauthenticatedException());
    }
    String hash = Secrets.sha256(parts.group(2));
    return store
        .get(PREFIX + parts.group(1))
        .filter(
            document ->
                Secrets.areEqual(
                    JsonDocument.read(document.key(), document.body()).text("hash"), hash))
        .map(document -> principal(key(document)))
        .switchIfEmpty(Mono.error(UnauthenticatedException::new));
  }

  private static boolean isForUs(String header) {
    if (startsWith(header, "Bearer ")) {
      return header.substring(7).strip().startsWith("ldk_");
    }
    return startsWith(header, "ApiKey ") || (startsWith(header, "Basic ") && parts(header) != null);
  }

  private static @Nullable Matcher parts(String header) {
    if (header.length() > MAX_HEADER) {
      return null;
    }
    String value = header.substring(header.indexOf(' ') + 1).strip();
    Matcher matcher =
        startsWith(header, "Bearer ") ? TOKEN.matcher(value) : PAIR.matcher(decoded(value));
    return matcher.matches() ? matcher : null;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean startsWith(String header, String scheme) {
    return header.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static Principal principal(ApiKey key) {
    return new Principal(
        "key:" + key.id(), Set.of(), Map.of(Permission.INGEST, Filter.ALL), Set.of(key.dataset()));
  }

  private static ApiKey key(Document document) {
    JsonDocument json = JsonDocument.read(document.key(), document.body());
    return new ApiKey(
        json.text("id"),
        json.text("label"),
        json.text("dataset"),
        json.text("by"),
        Instant.ofEpochMilli(json.number("created")));
  }

  private static String body(ApiKey key, String hash) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", key.id());
    json.put("hash", hash);
    json.put("label", key.label());
    json.put("dataset", key.dataset());
    json.put("by", key.by());
    json.put("created", key.created().toEpochMilli());
    return JsonDocument.write(json);
  }
}
