package dev.logdash.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.logdash.api.auth.Grant;
import dev.logdash.api.auth.Permission;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.auth.Actor;
import dev.logdash.core.auth.ApiKeys;
import dev.logdash.core.auth.AuditLog;
import dev.logdash.core.auth.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** People, the keys of programs, and the record of what was done. */
final class AccountRoutes {

  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_RECORDS = 1_000;

  private final AccessControl access;
  private final Function<String, Mono<Void>> forget;

  /**
   * @param forget removes what was kept for somebody who is no more
   */
  AccountRoutes(AccessControl access, Function<String, Mono<Void>> forget) {
    this.access = access;
    this.forget = forget;
  }

  List<Route> routes() {
    return List.of(
        Route.get("api/v1/users", Permission.USERS, List.of(), this::users),
        Route.change("POST", "api/v1/users", Permission.USERS, this::addUser),
        Route.change("PUT", "api/v1/users/{name}", Permission.USERS, this::changeUser),
        Route.change("DELETE", "api/v1/users/{name}", Permission.USERS, this::removeUser),
        Route.get("api/v1/api-keys", Permission.API_KEYS, List.of(), this::keys),
        Route.change("POST", "api/v1/api-keys", Permission.API_KEYS, this::addKey),
        Route.change("DELETE", "api/v1/api-keys/{id}", Permission.API_KEYS, this::removeKey),
        Route.get("api/v1/audit", Permission.AUDIT, List.of("limit"), this::audit));
  }

  private record NewUser(
      @Nullable String name,
      @Nullable String password,
      @Nullable List<String> roles,
      @Nullable String scope) {}

  private record ChangedUser(
      @Nullable Boolean enabled,
      @Nullable String password,
      @Nullable List<String> roles,
      @Nullable String scope) {}

  private record NewKey(@JsonProperty("name") @Nullable String label, @Nullable String dataset) {}

  private Mono<Reply> users(Exchange exchange) {
    return list("users", access.authentication().users(actor(exchange)), AccountRoutes::members);
  }

  private Mono<Reply> addUser(Exchange exchange) {
    return body(exchange, NewUser.class)
        .flatMap(
            body ->
                access
                    .authentication()
                    .addUser(
                        actor(exchange),
                        required(body.name(), "name"),
                        required(body.password(), "password"),
                        grants(body.roles(), body.scope())))
        .<Reply>map(user -> Reply.object(json -> members(json, user)))
        .onErrorMap(IllegalArgumentException.class, AccountRoutes::refused);
  }

  /** Changes what the body names, one thing behind the other. */
  private Mono<Reply> changeUser(Exchange exchange) {
    String name = exchange.variable("name");
    return body(exchange, ChangedUser.class)
        .flatMapMany(body -> Flux.concat(changes(actor(exchange), name, body)))
        .takeLast(1)
        .next()
        .<Reply>map(user -> Reply.object(json -> members(json, user)))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("there is no such user")))
        .onErrorMap(IllegalArgumentException.class, AccountRoutes::refused);
  }

  private List<Mono<User>> changes(Actor actor, String name, ChangedUser body) {
    List<Mono<User>> changes = new ArrayList<>();
    String password = body.password();
    if (password != null) {
      changes.add(access.authentication().setPassword(actor, name, password));
    }
    if (body.roles() != null || body.scope() != null) {
      List<Grant> grants = grants(body.roles(), body.scope());
      changes.add(access.authorization().setGrants(actor, name, grants));
    }
    Boolean enabled = body.enabled();
    if (enabled != null) {
      changes.add(access.authentication().setDisabled(actor, name, !enabled));
    }
    if (changes.isEmpty()) {
      throw Problem.badRequest("body", "the body names nothing that is to change");
    }
    return changes;
  }

  private Mono<Reply> removeUser(Exchange exchange) {
    String name = exchange.variable("name");
    return removed(
        access
            .authentication()
            .removeUser(actor(exchange), name)
            .flatMap(
                removed -> forget.apply(name.strip().toLowerCase(Locale.ROOT)).thenReturn(removed)),
        "there is no such user");
  }

  private Mono<Reply> keys(Exchange exchange) {
    return list("keys", access.apiKeys().list(actor(exchange)), AccountRoutes::members);
  }

  private Mono<Reply> addKey(Exchange exchange) {
    return body(exchange, NewKey.class)
        .flatMap(
            body ->
                access
                    .apiKeys()
                    .create(
                        actor(exchange),
                        required(body.label(), "name"),
                        required(body.dataset(), "dataset")))
        .<Reply>map(
            created ->
                Reply.object(
                    json -> {
                      members(json, created.key());
                      json.writeStringProperty("key", created.token());
                    }))
        .onErrorMap(IllegalArgumentException.class, AccountRoutes::refused);
  }

  private Mono<Reply> removeKey(Exchange exchange) {
    return removed(
        access.apiKeys().revoke(actor(exchange), exchange.variable("id")), "there is no such key");
  }

  private Mono<Reply> audit(Exchange exchange) {
    int limit = exchange.number("limit", 100, 1, MAX_RECORDS);
    return list("records", access.audit().latest(limit), AccountRoutes::members);
  }

  private static Mono<Reply> removed(Mono<Boolean> removal, String missing) {
    return removal
        .<Reply>map(
            done -> {
              if (!done) {
                throw Problem.notFound(missing);
              }
              return Reply.object(json -> json.writeBooleanProperty("removed", true));
            })
        .onErrorMap(IllegalArgumentException.class, AccountRoutes::refused);
  }

  private static <T> Mono<Reply> list(
      String name, Flux<T> items, BiConsumer<JsonGenerator, T> members) {
    return items
        .collectList()
        .map(
            all ->
                Reply.object(
                    json -> {
                      json.writeArrayPropertyStart(name);
                      for (T item : all) {
                        json.writeStartObject();
                        members.accept(json, item);
                        json.writeEndObject();
                      }
                      json.writeEndArray();
                    }));
  }

  private static void members(JsonGenerator json, User user) {
    Json.text(json, "name", user.name());
    json.writeArrayPropertyStart("roles");
    new TreeSet<>(user.grants().stream().map(Grant::role).toList()).forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("grants");
    for (Grant grant : user.grants()) {
      json.writeStartObject();
      Json.text(json, "role", grant.role());
      Json.text(json, "scope", grant.scope());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanProperty("enabled", !user.disabled());
    json.writeStringProperty("created", user.created().toString());
  }

  private static void members(JsonGenerator json, ApiKeys.ApiKey key) {
    Json.text(json, "id", key.id());
    Json.text(json, "name", key.label());
    Json.text(json, "dataset", key.dataset());
    Json.text(json, "by", key.by());
    json.writeStringProperty("created", key.created().toString());
  }

  private static void members(JsonGenerator json, AuditLog.Recorded record) {
    AuditLog.Entry entry = record.entry();
    json.writeNumberProperty("number", record.number());
    json.writeStringProperty("time", record.time().toString());
    json.writeStringProperty("action", entry.action().name().toLowerCase(Locale.ROOT));
    Map<String, String> texts =
        new TreeMap<>(
            Map.of(
                "who", entry.who(),
                "where", entry.where(),
                "subject", entry.subject(),
                "change", entry.change()));
    texts.forEach((name, text) -> Json.text(json, name, text));
  }

  // A scope belongs to roles, so one without them would leave somebody with neither.
  private static List<Grant> grants(@Nullable List<String> roles, @Nullable String scope) {
    if (roles == null) {
      throw Problem.badRequest("body", "roles is missing");
    }
    String within = scope == null ? "" : scope;
    return roles.stream().distinct().map(role -> new Grant(role, within)).toList();
  }

  private static Actor actor(Exchange exchange) {
    return new Actor(exchange.principal(), exchange.credentials().clientAddress());
  }

  private static <T> Mono<T> body(Exchange exchange, Class<T> type) {
    return Mono.fromCallable(() -> Json.read(exchange.body(MAX_BODY), type));
  }

  private static String required(@Nullable String value, String name) {
    if (value == null || value.isBlank()) {
      throw Problem.badRequest("body", name + " is missing");
    }
    return value;
  }

  private static Throwable refused(Throwable error) {
    return Problem.badRequest("refused", String.valueOf(error.getMessage()));
  }
}
