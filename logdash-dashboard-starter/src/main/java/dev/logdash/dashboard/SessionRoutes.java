package dev.logdash.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.error.UnauthenticatedException;
import dev.logdash.core.auth.AccessControl;
import dev.logdash.core.auth.SignIn;
import dev.logdash.dashboard.security.ServletCredentials;
import dev.logdash.dashboard.security.SessionCookie;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** Signing in and out, and the making of the first administrator. */
final class SessionRoutes {

  private static final int MAX_BODY = 16 * 1024;

  private final AccessControl access;

  SessionRoutes(AccessControl access) {
    this.access = access;
  }

  List<Route> routes() {
    return List.of(
        Route.get("api/v1/session", null, List.of(), this::who),
        Route.change("POST", "api/v1/session", null, this::signIn),
        Route.change("DELETE", "api/v1/session", null, this::signOut),
        Route.change("POST", "api/v1/session/password", null, this::changePassword),
        Route.change("POST", "api/v1/setup", null, this::setUp));
  }

  private record NameAndPassword(@Nullable String name, @Nullable String password) {}

  private record Passwords(@Nullable String old, @JsonProperty("new") @Nullable String next) {}

  private record FirstUser(
      @Nullable String code, @Nullable String name, @Nullable String password) {}

  private Mono<Reply> who(Exchange exchange) {
    return access
        .firstAdministrator()
        .isMissing()
        .map(
            missing ->
                Reply.object(
                    json -> {
                      json.writeName("user");
                      // Another way in, such as a key, is no session.
                      if (exchange.isAnonymous() || tokens(exchange).isEmpty()) {
                        json.writeNull();
                      } else {
                        user(json, exchange.principal());
                      }
                      json.writeBooleanProperty("setup", missing);
                      json.writeStringProperty("insecure", exchange.credentials().way().message());
                    }));
  }

  private Mono<Reply> signIn(Exchange exchange) {
    return session(
        exchange,
        NameAndPassword.class,
        (body, client) ->
            access
                .authentication()
                .signIn(required(body.name()), required(body.password()), client));
  }

  private Mono<Reply> setUp(Exchange exchange) {
    return session(
        exchange,
        FirstUser.class,
        (body, client) ->
            access
                .firstAdministrator()
                .complete(
                    required(body.code()),
                    required(body.name()),
                    required(body.password()),
                    client));
  }

  private Mono<Reply> changePassword(Exchange exchange) {
    return session(
        exchange,
        Passwords.class,
        (body, client) ->
            access
                .authentication()
                .changePassword(
                    token(exchange), required(body.old()), required(body.next()), client));
  }

  private Mono<Reply> signOut(Exchange exchange) {
    List<String> tokens = tokens(exchange);
    if (exchange.credentials().way() == SessionCookie.Way.PLAIN_REFUSED) {
      return Mono.just(Reply.object(json -> json.writeNullProperty("user")));
    }
    Mono<Void> ended =
        tokens.size() == 1
            ? access.authentication().signOut(tokens.get(0), exchange.credentials().clientAddress())
            : Mono.empty();
    return ended.then(
        Mono.fromSupplier(
            () ->
                new Reply.Body(
                    200,
                    Reply.JSON,
                    Json.object(json -> json.writeNullProperty("user")),
                    Map.of("Set-Cookie", exchange.credentials().clearCookie()))));
  }

  private <T> Mono<Reply> session(
      Exchange exchange, Class<T> type, BiFunction<T, String, Mono<SignIn>> attempt) {
    SessionCookie.Way way = exchange.credentials().way();
    if (way == SessionCookie.Way.PLAIN_REFUSED) {
      throw Problem.of(403, "insecure", way.message(), "");
    }
    return Mono.fromCallable(() -> Json.read(exchange.body(MAX_BODY), type))
        .flatMap(body -> attempt.apply(body, exchange.credentials().clientAddress()))
        .onErrorMap(
            IllegalArgumentException.class,
            error -> Problem.badRequest("account", String.valueOf(error.getMessage())))
        .delayUntil(result -> result instanceof SignIn.Granted ? endOld(exchange) : Mono.empty())
        .map(result -> answer(exchange, result));
  }

  /** A browser has one session at a time; what it had before must not stay open unseen. */
  private Mono<Void> endOld(Exchange exchange) {
    return Flux.fromIterable(tokens(exchange))
        .concatMap(
            token -> access.authentication().signOut(token, exchange.credentials().clientAddress()))
        .then();
  }

  private Reply answer(Exchange exchange, SignIn result) {
    if (result instanceof SignIn.Granted granted) {
      byte[] body =
          Json.object(
              json -> {
                json.writeName("user");
                user(json, granted.principal());
              });
      return new Reply.Body(
          200,
          Reply.JSON,
          body,
          Map.of("Set-Cookie", exchange.credentials().cookie(granted.token())));
    }
    if (result instanceof SignIn.Later later) {
      int seconds = (int) Math.max(1, later.delay().plusMillis(999).toSeconds());
      throw Problem.busy("too many attempts; wait " + seconds + " s", seconds);
    }
    throw Problem.of(401, "refused", "that is not right", "");
  }

  private static String token(Exchange exchange) {
    List<String> tokens = tokens(exchange);
    if (tokens.size() != 1) {
      throw new UnauthenticatedException();
    }
    return tokens.get(0);
  }

  private static List<String> tokens(Exchange exchange) {
    return exchange.credentials().cookies(ServletCredentials.SESSION);
  }

  private static String required(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw Problem.badRequest("body", "a part of the body is missing");
    }
    return value;
  }

  private static void user(JsonGenerator json, Principal principal) {
    json.writeStartObject();
    Json.text(json, "name", principal.name());
    json.writeArrayPropertyStart("roles");
    new TreeSet<>(principal.roles()).forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("permissions");
    Arrays.stream(Permission.values())
        .filter(principal::may)
        .forEach(permission -> json.writeString(permission.name().toLowerCase(Locale.ROOT)));
    json.writeEndArray();
    json.writeEndObject();
  }
}
