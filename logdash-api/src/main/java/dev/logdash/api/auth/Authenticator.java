package dev.logdash.api.auth;

import reactor.core.publisher.Mono;

/**
 * Says who sends a request. Nothing is read before subscription. Nothing is remembered from one
 * request to the next, so that what is revoked is refused from then on, by every process that
 * shares the store. Safe for use by many threads. Passes {@code AuthenticatorContract}.
 */
public interface Authenticator {

  /**
   * Whoever sends a request; empty if it brings no credentials of the kind known here, so that
   * another authenticator may look.
   *
   * <p>Credentials that are wrong, expired, revoked, doubled or malformed all fail with the same
   * {@link dev.logdash.api.error.UnauthenticatedException}. If that cannot be decided, because the
   * store does not answer, it fails with a {@link dev.logdash.api.error.BackendException}: nobody
   * is let in by a failure.
   */
  Mono<Principal> authenticate(Credentials credentials);
}
