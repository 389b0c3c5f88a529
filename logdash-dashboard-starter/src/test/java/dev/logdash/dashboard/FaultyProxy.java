package dev.logdash.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy in front of a server that goes wrong as it is told. */
final class FaultyProxy implements AutoCloseable {

  /** What becomes of a request, by its number and its size. */
  interface Fault {
    /** Passes it on and its answer back. */
    int NONE = 0;

    /** Passes it on and cuts the connection instead of answering. */
    int LOSE_ANSWER = -1;

    /** NONE, LOSE_ANSWER, or a status to answer without passing it on. */
    int of(int number, int bytes);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI target;
  private final String retryAfter;
  private final Fault fault;
  private final AtomicInteger count = new AtomicInteger();
  private final List<Long> arrivals = new ArrayList<>();

  FaultyProxy(URI target, String retryAfter, Fault fault) throws IOException {
    this.target = target;
    this.retryAfter = retryAfter;
    this.fault = fault;
    this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + target.getPath();
  }

  int count() {
    return count.get();
  }

  /** When each request came, in nanoseconds. */
  synchronized List<Long> arrivals() {
    return List.copyOf(arrivals);
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    synchronized (this) {
      arrivals.add(System.nanoTime());
    }
    int verdict = fault.of(count.incrementAndGet(), body.length);
    if (verdict > 0) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
      exchange.getResponseHeaders().add("Location", address());
      exchange.sendResponseHeaders(verdict, -1);
      exchange.close();
      return;
    }
    HttpResponse<byte[]> answer = passOn(exchange, body);
    if (verdict == Fault.NONE) {
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : List.of("Authorization", "Content-Encoding")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
