package dev.logdash.elasticsearch;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.tls.TlsRefusal;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.jspecify.annotations.Nullable;

/** Sorts the failures of Elasticsearch by what helps against them. */
final class ElasticsearchErrors {

  static final int TOO_LARGE = 413;
  static final int CONFLICT = 409;

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;

  /** Say of the index or the cluster, and not of the event, that it takes nothing. */
  private static final Set<String> OF_THE_INDEX =
      Set.of(
          "index_closed_exception",
          "index_not_found_exception",
          "invalid_index_name_exception",
          "invalid_alias_name_exception",
          "resource_not_found_exception",
          "security_exception",
          "validation_exception");

  private ElasticsearchErrors() {}

  /** What became of one event of a batch. */
  enum Item {
    STORED,
    DUPLICATE,
    RETRY,
    REJECTED,
    BATCH_FAILS
  }

  /** The table of the answers for one event: status of HTTP and name of the failure. */
  static Item item(int status, String type) {
    if (status >= 200 && status < 300) {
      return Item.STORED;
    }
    if (status == CONFLICT) {
      return Item.DUPLICATE;
    }
    boolean unauthorized = status == UNAUTHORIZED || status == FORBIDDEN;
    if (unauthorized || type.contains("cluster_block") || OF_THE_INDEX.contains(type)) {
      return Item.BATCH_FAILS;
    }
    return isPassing(status) ? Item.RETRY : Item.REJECTED;
  }

  /** Whether the same request may succeed later without anybody doing anything. */
  static boolean isPassing(Throwable failure) {
    if (failure instanceof HttpFailure http) {
      return isPassing(http.status()) && !http.type().contains("cluster_block");
    }
    return TlsRefusal.reason(failure) == null
        && !(failure instanceof ContentTooLongException)
        && (failure instanceof IOException || failure instanceof TimeoutException);
  }

  private static boolean isPassing(int status) {
    return status == TOO_MANY || status == TIMEOUT || status >= 500;
  }

  /**
   * Sorts a failure.
   *
   * @param where the addresses that were used, without credentials
   */
  static Throwable translate(String where, Throwable failure) {
    if (failure instanceof BackendException || failure instanceof VirtualMachineError) {
      return failure;
    }
    if (failure instanceof HttpFailure http) {
      return translate(where, http);
    }
    @Nullable String refusal = TlsRefusal.reason(failure);
    if (refusal != null) {
      return new BackendException.Misconfigured(
          "no trusted connection to Elasticsearch at "
              + where
              + " ("
              + refusal
              + "); "
              + TlsRefusal.remedy(refusal),
          failure);
    }
    if (failure instanceof ContentTooLongException) {
      return new BackendException.Rejected(
          "the answer of Elasticsearch is too long; narrow the query, or ask for fewer at a time",
          failure);
    }
    if (failure instanceof IOException || failure instanceof TimeoutException) {
      return new BackendException.Unavailable(
          "Elasticsearch at " + where + " does not answer", failure);
    }
    return failure;
  }

  private static BackendException translate(String where, HttpFailure failure) {
    String told =
        "Elasticsearch at "
            + where
            + " says "
            + failure.status()
            + (failure.type().isEmpty() ? "" : " " + failure.type())
            + (failure.reason().isEmpty() ? "" : ": " + failure.reason());
    if (failure.type().contains("cluster_block")) {
      return failure.status() == TOO_MANY
          ? new BackendException.Overloaded(told + "; free some of its disk", failure)
          : new BackendException.Misconfigured(told + "; lift the block", failure);
    }
    if (failure.status() < BAD_REQUEST) {
      return new BackendException.Misconfigured(
          told + "; no redirection is followed, so name the address that it leads to", failure);
    }
    switch (failure.status()) {
      case UNAUTHORIZED:
        return new BackendException.Misconfigured(
            "Elasticsearch at " + where + " does not know the API key or user", failure);
      case FORBIDDEN:
        return new BackendException.Misconfigured(told + "; give the right to", failure);
      case TOO_MANY:
        return new BackendException.Overloaded(told, failure);
      case TOO_LARGE:
        return new BackendException.Rejected(told, failure);
      case TIMEOUT:
        return new BackendException.Unavailable(told, failure);
      case BAD_REQUEST:
      case NOT_FOUND:
        return OF_THE_INDEX.contains(failure.type())
                || failure.type().equals("media_type_header_exception")
            ? new BackendException.Misconfigured(told, failure)
            : new BackendException.Rejected(told, failure);
      default:
        return failure.status() >= 500
            ? new BackendException.Unavailable(told, failure)
            : new BackendException.Misconfigured(told, failure);
    }
  }
}
