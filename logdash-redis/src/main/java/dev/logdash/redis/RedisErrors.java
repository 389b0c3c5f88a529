package dev.logdash.redis;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TlsRefusal;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Sorts the failures of Redis by what helps against them. */
final class RedisErrors {

  private RedisErrors() {}

  /** A caller's own mistake comes back as it is. */
  static RuntimeException translate(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof BackendException || cause instanceof IllegalArgumentException) {
      return (RuntimeException) cause;
    }
    if (cause instanceof TimeoutException) {
      return new BackendException.Unavailable("Redis did not answer in time", cause);
    }
    if (says(failure, "NOAUTH", "WRONGPASS", "NOPERM", "invalid password")) {
      return new BackendException.Misconfigured(
          "Redis refuses the user or the password, or the user may too little", failure);
    }
    String refusal = TlsRefusal.reason(failure);
    if (refusal != null) {
      return new BackendException.Misconfigured(
          "no trusted connection to Redis (" + refusal + "); " + TlsRefusal.remedy(refusal),
          failure);
    }
    if (says(failure, "OOM ")) {
      return new BackendException.Overloaded("Redis has no memory left", failure);
    }
    if (cause instanceof RedisLoadingException
        || cause instanceof RedisBusyException
        || cause instanceof RedisReadOnlyException) {
      return new BackendException.Unavailable("Redis takes no commands now", cause);
    }
    if (cause instanceof RedisCommandExecutionException) {
      return new BackendException.Rejected("Redis refuses this", cause);
    }
    return new BackendException.Unavailable("Redis cannot be reached", cause);
  }

  private static boolean says(Throwable failure, String... texts) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      for (String text : texts) {
        if (message.contains(text)) {
          return true;
        }
      }
    }
    return false;
  }
}
