package dev.logdash.elasticsearch;

import co.elastic.clients.transport.rest5_client.low_level.Cancellable;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import dev.logdash.api.error.BackendException;
import dev.logdash.core.json.JsonDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends requests and reads answers. The client is made with the first request, so nothing is opened
 * before. Failures come as {@link HttpFailure} or as they are.
 */
final class Transport implements AutoCloseable {

  private static final int WORKERS = 4;
  private static final int MAX_WAITING = 10_000;
  private static final int IDLE_SECONDS = 60;
  // A redirection is one too: credentials are for the address that was named.
  private static final int FIRST_FAILURE = 300;
  // A body goes out in pieces of this size, each with a call of the system; 8 KiB by default.
  private static final int PIECE_BYTES = 64 * 1024;

  // To compress the answer to a bulk request would cost the server more than it saves.
  private static final RequestOptions UNCOMPRESSED =
      RequestOptions.DEFAULT.toBuilder().addHeader("Accept-Encoding", "identity").build();

  private final Settings settings;
  private final Scheduler workers;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicReference<@Nullable Rest5Client> client = new AtomicReference<>();

  Transport(Settings settings) {
    this.settings = settings;
    this.workers =
        Schedulers.newBoundedElastic(
            WORKERS, MAX_WAITING, "logdash-elasticsearch", IDLE_SECONDS, true);
  }

  /** Where answers are worked on, so that no thread of the network is kept. */
  Scheduler workers() {
    return workers;
  }

  /** Sends an object; the answer comes on a worker. */
  Mono<Answer> json(
      String method, String path, Map<String, String> parameters, @Nullable Map<String, ?> body) {
    return Mono.defer(
        () ->
            send(
                method,
                path,
                parameters,
                body == null
                    ? null
                    : new ByteArrayEntity(
                        JsonDocument.write(body).getBytes(StandardCharsets.UTF_8), type("json")),
                RequestOptions.DEFAULT,
                Answer::read));
  }

  /** Sends lines of JSON, each with a line feed; the answer comes on a worker. */
  Mono<BulkAnswer> lines(String path, Map<String, String> parameters, byte[] lines, int length) {
    return send(
        "POST",
        path,
        parameters,
        new ByteArrayEntity(lines, 0, length, type("x-ndjson")),
        UNCOMPRESSED,
        BulkAnswer::read);
  }

  private <T> Mono<T> send(
      String method,
      String path,
      Map<String, String> parameters,
      @Nullable HttpEntity body,
      RequestOptions options,
      Function<byte[], T> reader) {
    return Mono.<T>create(
            sink -> {
              Request request = new Request(method, path);
              request.addParameters(parameters);
              request.setOptions(options);
              if (body != null) {
                request.setEntity(body);
              }
              Cancellable running =
                  open()
                      .performRequestAsync(
                          request,
                          new ResponseListener() {
                            @Override
                            public void onSuccess(Response response) {
                              // The client takes everything below 500 for a success.
                              if (response.getStatusCode() >= FIRST_FAILURE) {
                                sink.error(failure(response));
                                return;
                              }
                              try {
                                sink.success(reader.apply(body(response)));
                              } catch (IOException | ParseException e) {
                                sink.error(e);
                              } catch (RuntimeException e) {
                                sink.error(
                                    new BackendException.Misconfigured(
                                        "no Elasticsearch answers at " + settings.where(), e));
                              }
                            }

                            @Override
                            public void onFailure(Exception failure) {
                              sink.error(
                                  failure instanceof ResponseException refused
                                      ? failure(refused.getResponse())
                                      : failure);
                            }
                          });
              sink.onCancel(running::cancel);
            })
        .timeout(settings.timeout(), workers)
        .publishOn(workers);
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    workers.dispose();
    Rest5Client open = client.getAndSet(null);
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized Rest5Client open() {
    if (closed.get()) {
      throw new BackendException.Unavailable("the store is closed", null);
    }
    Rest5Client open = client.get();
    if (open == null) {
      open = connect();
      client.set(open);
    }
    return open;
  }

  private Rest5Client connect() {
    List<Header> headers = new ArrayList<>();
    headers.add(new BasicHeader("Accept", type("json").toString()));
    if (!settings.authorization().isEmpty()) {
      headers.add(new BasicHeader("Authorization", settings.authorization(), true));
    }
    long connectMillis = Math.min(settings.timeout().toMillis(), Duration.ofSeconds(5).toMillis());
    Rest5ClientBuilder builder =
        Rest5Client.builder(settings.urls())
            .setDefaultHeaders(headers.toArray(Header[]::new))
            .setMetaHeaderEnabled(false)
            .setHttpClientConfigCallback(
                // Repeating is decided where it is known what was sent.
                http ->
                    http.disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .setHttp1Config(
                            Http1Config.custom()
                                .setBufferSize(PIECE_BYTES)
                                .setChunkSizeHint(PIECE_BYTES)
                                .build()))
            .setRequestConfigCallback(
                request ->
                    request.setResponseTimeout(
                        settings.timeout().toMillis(), TimeUnit.MILLISECONDS))
            .setConnectionConfigCallback(
                connection -> connection.setConnectTimeout(connectMillis, TimeUnit.MILLISECONDS));
    SSLContext tls = settings.trust().context();
    builder
        .setSSLContext(tls)
        .setConnectionManagerCallback(
            // In words: left to its default, this client takes a certificate for any name.
            connections ->
                connections.setTlsStrategy(
                    new DefaultClientTlsStrategy(
                        tls, HostnameVerificationPolicy.BOTH, new DefaultHostnameVerifier())));
    return builder.build();
  }

  private ContentType type(String kind) {
    return ContentType.parse(
        "application/vnd.elasticsearch+" + kind + "; compatible-with=" + settings.compatibility());
  }

  /** The bytes of an answer; none if it has no body. */
  private static byte[] body(Response response) throws IOException, ParseException {
    HttpEntity entity = response.getEntity();
    return entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
  }

  private static HttpFailure failure(Response response) {
    int status = response.getStatusCode();
    try {
      Answer error = Answer.read(body(response)).at("error");
      Answer root = error.at("root_cause");
      Answer first = root.elements().isEmpty() ? error : root.elements().get(0);
      return new HttpFailure(status, first.at("type").text(), first.at("reason").text());
    } catch (IOException | ParseException | RuntimeException e) {
      // A proxy in between answers in its own words.
      return new HttpFailure(status, "", "");
    }
  }
}
