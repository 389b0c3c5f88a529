package dev.logdash.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Stands before a node that has no security of its own, and lets through what Elasticsearch would:
 * TLS alone, and only with a known {@code Authorization}; in its words.
 */
final class SecuredGateway implements AutoCloseable {

  private static final Set<String> PASSED_ON = Set.of("accept", "content-type");

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpClient client = HttpClient.newHttpClient();
  private final String node;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile Set<String> known = Set.of();
  private volatile Set<String> readers = Set.of();
  private volatile String elsewhere = "";

  SecuredGateway(String node, SSLContext tls) {
    this.node = node;
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The headers of those who may do everything. */
  SecuredGateway knows(String... headers) {
    known = Set.of(headers);
    return this;
  }

  /** The headers of those who may not write. */
  SecuredGateway letsRead(String... headers) {
    readers = Set.of(headers);
    return this;
  }

  /** Sends all requests to another address. */
  SecuredGateway sendsTo(String url) {
    elsewhere = url;
    return this;
  }

  /** What came as {@code Authorization}, request by request. */
  List<String> authorizations() {
    return authorizations;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String authorization = header == null ? "" : header;
    authorizations.add(authorization);
    String path = exchange.getRequestURI().toString();
    boolean writes = path.contains("_bulk");
    if (!elsewhere.isEmpty()) {
      exchange.getResponseHeaders().set("Location", elsewhere + path);
      send(exchange, 307, new byte[0]);
    } else if (known.contains(authorization) || (readers.contains(authorization) && !writes)) {
      pass(exchange, path, body);
    } else if (readers.contains(authorization)) {
      refuse(exchange, 403, "action [indices:data/write/bulk] is unauthorized for this user");
    } else {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"security\"");
      refuse(exchange, 401, "unable to authenticate for REST request [" + path + "]");
    }
  }

  private void pass(HttpExchange exchange, String path, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + path))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                request.header(name, values.get(0));
              }
            });
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      send(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
    String cause = "{\"type\":\"security_exception\",\"reason\":\"" + reason + "\"}";
    String body =
        "{\"error\":{\"root_cause\":["
            + cause
            + "],"
            + cause.substring(1, cause.length() - 1)
            + "},\"status\":"
            + status
            + "}";
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, status, body.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
