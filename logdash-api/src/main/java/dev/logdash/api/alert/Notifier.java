package dev.logdash.api.alert;

import reactor.core.publisher.Mono;

/**
 * Delivers notifications to one place. Nothing happens until subscription. Safe for use by many
 * threads; passes {@code NotifierContract}.
 *
 * <p>No secret of the place (password, token, the path of a secret address) is in any error
 * message, log or {@code toString}, and neither is what the receiver answered beyond its status.
 */
public interface Notifier extends AutoCloseable {

  /**
   * Completes when the receiver has taken the notification, within ten seconds or fails. Fails with
   * a {@link dev.logdash.api.error.BackendException}, whose kind says what helps: to try again, to
   * wait first, to change a setting, or nothing.
   */
  Mono<Void> deliver(Notification notification);

  /** Releases what it holds. Idempotent. */
  @Override
  void close();
}
