package dev.logdash.elasticsearch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers requests with events as it is told to, since a real server cannot be made to fail so. It
 * has no index and no template, and notes the ids it is sent.
 */
final class BulkStub implements AutoCloseable {

  private static final Pattern ACTION =
      Pattern.compile("^\\{\"create\":.*\"_id\":\"([^\"]*)\".*", Pattern.MULTILINE);
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> headers = Collections.synchronizedList(new ArrayList<>());
  private final List<List<String>> requests = Collections.synchronizedList(new ArrayList<>());

  BulkStub() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** What is answered to one request with events. */
  interface Reply {
    void to(List<String> ids, HttpExchange exchange) throws IOException;
  }

  /** The answers to the next requests; the last one stays. */
  BulkStub then(Reply reply) {
    replies.add(reply);
    return this;
  }

  /** A status for each event, in order; from 400 on with a failure of that name. */
  static Reply items(String... items) {
    return (ids, exchange) -> {
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        String[] item = items[Math.min(i, items.length - 1)].split(" ");
        String error =
            item.length == 1
                ? ""
                : ",\"error\":{\"type\":\"" + item[1] + "\",\"reason\":\"because\"}";
        answers.add("{\"create\":{\"status\":" + item[0] + error + "}}");
      }
      send(exchange, 200, "{\"items\":[" + String.join(",", answers) + "]}");
    };
  }

  static Reply status(int status, String type) {
    return (ids, exchange) ->
        send(
            exchange,
            status,
            "{\"error\":{\"type\":\"" + type + "\",\"reason\":\"because\"},\"status\":1}");
  }

  /** Takes the events in and ends the connection without a word. */
  static Reply cut() {
    return (ids, exchange) -> exchange.close();
  }

  /** Refuses requests of more events than a number. */
  static Reply atMost(int events) {
    return (ids, exchange) -> {
      Reply reply = ids.size() > events ? status(413, "") : items("201");
      reply.to(ids, exchange);
    };
  }

  /** The ids of each request with events. */
  List<List<String>> requests() {
    return List.copyOf(requests);
  }

  /** Who asked, for what and with what, of each request with events. */
  List<String> headers() {
    return List.copyOf(headers);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestURI().getPath().equals("/_bulk")) {
      List<String> ids =
          ACTION.matcher(body).results().map(found -> found.group(1)).collect(Collectors.toList());
      requests.add(ids);
      for (String name : List.of("Authorization", "Accept", "Content-Type")) {
        headers.add(exchange.getRequestHeaders().getFirst(name));
      }
      Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
      reply.to(ids, exchange);
    } else if (exchange.getRequestMethod().equals("PUT")) {
      send(exchange, 200, "{\"acknowledged\":true}");
    } else {
      send(exchange, NOT_FOUND, "{\"error\":{\"type\":\"index_not_found_exception\"}}");
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
