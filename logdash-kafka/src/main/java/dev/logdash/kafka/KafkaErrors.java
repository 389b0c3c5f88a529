package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Sorts the errors of Kafka by what helps against them. */
final class KafkaErrors {

  private KafkaErrors() {}

  /** The failure of something that was tried, by its remedy. */
  static BackendException translate(String what, Throwable thrown) {
    Throwable error = unwrap(thrown);
    if (error instanceof BackendException known) {
      return known;
    }
    String text = "Kafka: " + what + ": " + reason(error);
    if (isRejection(error)) {
      return new BackendException.Rejected(text, error);
    }
    if (error instanceof ThrottlingQuotaExceededException) {
      return new BackendException.Overloaded(text, error);
    }
    return isMisconfiguration(error)
        ? new BackendException.Misconfigured(text, error)
        : new BackendException.Unavailable(text, error);
  }

  /** Whether it is the record that no broker will take, however often it is sent. */
  static boolean isRejection(Throwable error) {
    return error instanceof RecordTooLargeException
        || error instanceof RecordBatchTooLargeException
        || error instanceof InvalidRecordException
        || error instanceof UnsupportedForMessageFormatException
        || error instanceof SerializationException;
  }

  static Throwable unwrap(Throwable thrown) {
    Throwable error = thrown;
    while ((error instanceof CompletionException || error instanceof ExecutionException)
        && error.getCause() != null) {
      error = error.getCause();
    }
    // The constructors of the clients hide the reason under general ones.
    while (error.getClass() == KafkaException.class
        && error.getCause() instanceof KafkaException reason) {
      error = reason;
    }
    return error;
  }

  private static boolean isMisconfiguration(Throwable error) {
    if (error instanceof ConfigException) {
      // Names that do not resolve now may do so later.
      return !String.valueOf(error.getMessage()).contains("No resolvable bootstrap urls");
    }
    return isOfThisSide(error)
        || error instanceof AuthenticationException
        || error instanceof AuthorizationException
        || error instanceof InvalidTopicException
        || error instanceof InvalidGroupIdException
        || error instanceof InvalidConfigurationException
        || error instanceof PolicyViolationException
        || error instanceof UnsupportedVersionException;
  }

  /** A file of keys or certificates, or a login, that cannot be used. */
  private static boolean isOfThisSide(Throwable error) {
    Throwable root = root(error);
    return root instanceof FileSystemException
        || root instanceof GeneralSecurityException
        || root instanceof IllegalArgumentException;
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String reason(Throwable error) {
    String text = error.getMessage();
    String reason = text == null ? error.getClass().getSimpleName() : text;
    String root = root(error).getMessage();
    return root == null || reason.contains(root) ? reason : reason + " (" + root + ")";
  }
}
