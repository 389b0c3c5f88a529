package dev.logdash.dashboard.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.auth.Authenticator;
import dev.logdash.api.auth.Credentials;
import dev.logdash.api.auth.Permission;
import dev.logdash.api.auth.Principal;
import dev.logdash.api.store.Filter;
import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.ConfigException;
import dev.logdash.core.config.LogdashConfig;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Lets a program that collects metrics see how logdash does, and no log: whoever sends the token of
 * the settings as {@code Authorization: Bearer}. Any other token is left to others.
 */
public final class MetricsToken implements Authenticator {

  private static final int LEAST_LENGTH = 16;
  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  private MetricsToken(String token) {
    this.token = token.getBytes(UTF_8);
  }

  /**
   * That of the settings; empty if they have none.
   *
   * @throws ConfigException if it is so short that it can be guessed
   */
  public static Optional<MetricsToken> of(LogdashConfig config) {
    String token = config.get(BackendKeys.METRICS_TOKEN);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    if (token.length() < LEAST_LENGTH) {
      throw new ConfigException(
          List.of(
              BackendKeys.METRICS_TOKEN.name()
                  + ": expected at least "
                  + LEAST_LENGTH
                  + " characters"));
    }
    return Optional.of(new MetricsToken(token));
  }

  @Override
  public Mono<Principal> authenticate(Credentials credentials) {
    return Mono.defer(
        () -> {
          List<String> headers = credentials.headers("Authorization");
          return headers.size() == 1 && matches(headers.get(0))
              ? Mono.just(
                  new Principal(
                      "metrics", Set.of(), Map.of(Permission.PIPELINE, Filter.ALL), Set.of()))
              : Mono.empty();
        });
  }

  private boolean matches(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(token, header.substring(SCHEME.length()).strip().getBytes(UTF_8));
  }
}
