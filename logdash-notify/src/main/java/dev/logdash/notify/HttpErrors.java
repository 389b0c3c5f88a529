package dev.logdash.notify;

import dev.logdash.api.error.BackendException;
import org.jspecify.annotations.Nullable;

/** Sorts the answers of HTTP by what helps. */
final class HttpErrors {

  private HttpErrors() {}

  /** What is wrong with a status; null if nothing is. */
  static @Nullable BackendException of(HttpPlace place, HttpPost.Answer answer) {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return null;
    }
    String message = place + " answered " + status;
    if (status == 429 || (status == 503 && answer.retryAfter() != null)) {
      return new BackendException.Overloaded(message + ": too much at once", null);
    }
    if (status >= 300 && status < 400) {
      return new BackendException.Misconfigured(
          message + ", a redirect, which is not followed: set the address it leads to", null);
    }
    switch (status) {
      case 401:
      case 403:
      case 404:
      case 407:
      case 410:
        return new BackendException.Misconfigured(
            message + ": the address or what it asks for is wrong", null);
      case 408:
      case 425:
        return new BackendException.Unavailable(message, null);
      default:
        return status >= 400 && status < 500
            ? new BackendException.Rejected(message, null)
            : new BackendException.Unavailable(message, null);
    }
  }
}
