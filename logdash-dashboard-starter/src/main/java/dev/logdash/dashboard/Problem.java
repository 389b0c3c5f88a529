package dev.logdash.dashboard;

import dev.logdash.api.error.AccessDeniedException;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.error.UnauthenticatedException;
import dev.logdash.core.parse.pattern.PatternException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a request is not answered as it hoped, in words for whoever sent it. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

  private final int status;
  private final String code;
  private final int column;
  private final String hint;
  private final int retryAfterSeconds;

  private Problem(
      int status, String code, String message, int column, String hint, int retryAfterSeconds) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.column = column;
    this.hint = hint;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static Problem of(int status, String code, String message, String hint) {
    return new Problem(status, code, message, 0, hint, 0);
  }

  static Problem badRequest(String code, String message) {
    return of(400, code, message, "");
  }

  static Problem notFound(String message) {
    return of(404, "not_found", message, "");
  }

  static Problem busy(String message, int retryAfterSeconds) {
    return new Problem(429, "busy", message, 0, "Try again in a moment.", retryAfterSeconds);
  }

  static Problem tooLarge(String message) {
    return of(413, "too_large", message, "Send smaller parts.");
  }

  static Problem query(QuerySyntaxException error) {
    return new Problem(400, "query_syntax", text(error), error.column(), "", 0);
  }

  static Problem pattern(PatternException error) {
    return new Problem(400, "pattern_syntax", text(error), error.column(), "", 0);
  }

  int status() {
    return status;
  }

  /**
   * What to tell about an error. What a stranger has no use for stays out of it; the log has the
   * rest, under the number that the message names.
   */
  static Problem of(Throwable error, AtomicLong numbers) {
    if (error instanceof Problem problem) {
      return problem;
    }
    if (error instanceof QuerySyntaxException syntax) {
      return query(syntax);
    }
    if (error instanceof UnauthenticatedException) {
      return of(401, "unauthenticated", "sign in first", "");
    }
    if (error instanceof AccessDeniedException) {
      return of(403, "denied", text(error), "");
    }
    if (error instanceof TimeoutException) {
      return of(
          503,
          "deadline",
          "the answer takes too long",
          "A shorter span of time or a narrower query is faster.");
    }
    if (error instanceof BackendException.Rejected) {
      return of(400, "rejected", text(error), "");
    }
    if (error instanceof BackendException.Overloaded) {
      return new Problem(429, "full", "the server is full", 0, "Try again in a moment.", 2);
    }
    long number = numbers.incrementAndGet();
    LOG.warn("Request failed, number {}", number, error);
    if (error instanceof BackendException) {
      return new Problem(
          503, "unavailable", "the store does not answer, number " + number, 0, "", 5);
    }
    return of(500, "internal", "something went wrong, number " + number, "The log says more.");
  }

  Reply.Body reply() {
    byte[] body =
        Json.object(
            json -> {
              json.writeObjectPropertyStart("error");
              json.writeStringProperty("code", code);
              Json.text(json, "message", text(this));
              if (column > 0) {
                json.writeNumberProperty("column", column);
              }
              if (!hint.isEmpty()) {
                Json.text(json, "hint", hint);
              }
              json.writeEndObject();
            });
    Map<String, String> headers = new HashMap<>();
    if (retryAfterSeconds > 0) {
      headers.put("Retry-After", Integer.toString(retryAfterSeconds));
    }
    if (status == 401) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    return new Reply.Body(status, Reply.JSON, body, headers);
  }

  private static String text(Throwable error) {
    return String.valueOf(error.getMessage());
  }
}
