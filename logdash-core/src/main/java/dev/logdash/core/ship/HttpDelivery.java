package dev.logdash.core.ship;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.config.ConfigKeys;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import reactor.core.publisher.Mono;

/** Posts batches to a server and says what its answer means. Follows no redirect. */
final class HttpDelivery implements RecordDelivery {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration HEADERS = Duration.ofSeconds(60);
  private static final Duration WHOLE = Duration.ofSeconds(75);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final int MAX_ANSWER = 4 << 20;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private final Destination destination;
  private final HttpClient client;

  HttpDelivery(Destination destination) {
    this.destination = destination;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  /** The batch is larger than the server takes at once. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("the server takes smaller batches", null, false, false);
    }
  }

  /** The batch is to be sent again, but not before a time has passed. */
  static final class LaterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Duration least;

    LaterException(BackendException cause, Duration least) {
      super(cause.getMessage(), cause, false, false);
      this.least = least;
    }

    Duration least() {
      return least;
    }
  }

  @Override
  public Mono<Answer> deliver(String producer, List<RawRecord> records) {
    return Mono.defer(
            () ->
                Mono.fromFuture(
                    client.sendAsync(
                        request(producer, records), head -> new BoundedBody(MAX_ANSWER))))
        .timeout(WHOLE)
        .onErrorMap(
            error -> error instanceof IOException || error instanceof TimeoutException,
            this::unreached)
        .map(answer -> understand(answer, records.size()));
  }

  private HttpRequest request(String producer, List<RawRecord> records) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(destination.records(producer))
            .timeout(HEADERS)
            .header("Content-Type", "application/x-ndjson")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(RecordLines.gzip(records)));
    if (!destination.apiKey().isEmpty()) {
      request.header("Authorization", "Bearer " + destination.apiKey());
    }
    return request.build();
  }

  private Answer understand(HttpResponse<byte[]> response, int size) {
    int status = response.statusCode();
    switch (status) {
      case 200:
        Answer answer = Answer.read(response.body(), size);
        if (answer.isFull()) {
          throw later(response, new BackendException.Overloaded(destination + " is full", null));
        }
        return answer;
      case 413:
        throw new TooLargeException();
      case 429:
        throw later(
            response, new BackendException.Overloaded(destination + " asks for less", null));
      case 401:
        throw wrong(
            "does not let these logs in: set "
                + ConfigKeys.INGEST_API_KEY.name()
                + " to an API key of that server, made there under Settings");
      case 403:
        throw wrong(
            "does not let logs of this dataset in: set "
                + ConfigKeys.INGEST_API_KEY.name()
                + " to an API key for it");
      default:
        break;
    }
    if (status >= 300 && status < 400) {
      throw wrong(
          "sends elsewhere, which is not followed: set "
              + ConfigKeys.INGEST.name()
              + " to where the server is");
    }
    if (status >= 400 && status < 500 && status != 408 && status != 425) {
      throw wrong(
          "answers "
              + status
              + ", as no logdash of this version does: check "
              + ConfigKeys.INGEST.name());
    }
    throw later(
        response, new BackendException.Unavailable(destination + " answers " + status, null));
  }

  private BackendException wrong(String text) {
    return new BackendException.Misconfigured(destination + " " + text, null);
  }

  private BackendException unreached(Throwable error) {
    return error instanceof SSLException
        ? new BackendException.Misconfigured(
            destination
                + " cannot be trusted ("
                + error.getMessage()
                + "): give the server a certificate for its name, or Java the authority that signed"
                + " it",
            error)
        : new BackendException.Unavailable(
            destination + " does not answer (" + reason(error) + ")", error);
  }

  // Failures to connect often have no text of their own.
  private static String reason(Throwable error) {
    String text = error.getMessage();
    return text != null ? text : error.getClass().getSimpleName();
  }

  private static LaterException later(HttpResponse<?> response, BackendException cause) {
    String after = response.headers().firstValue("Retry-After").orElse("");
    Duration wait =
        SECONDS.matcher(after).matches()
            ? Duration.ofSeconds(Long.parseLong(after))
            : Duration.ZERO;
    return new LaterException(cause, wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }
}
