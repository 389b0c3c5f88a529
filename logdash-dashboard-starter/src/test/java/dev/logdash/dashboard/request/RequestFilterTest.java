package dev.logdash.dashboard.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.embedded.EmbeddedLogdash;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Requests to a real container, found again as events in a real store. */
class RequestFilterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private EmbeddedLogdash installation;
  private RequestRecorder recorder;
  private Server server;
  private URI base;

  @BeforeEach
  void start() throws Exception {
    installation =
        EmbeddedLogdash.start(
            LogdashConfig.of(
                List.of(new ConfigSource("test", Map.of("logdash.data.dir", folder.toString())))),
            Clock.systemUTC(),
            new Random(1));
    recorder = new RequestRecorder(installation.logdash().sink(), "shop", Clock.systemUTC());
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/app");
    FilterHolder filter = new FilterHolder(new RequestFilter(recorder, "/logdash"));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    ServletHolder holder = new ServletHolder(new Shop());
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/");
    context.addServlet(holder, "/logdash/*");
    server.setHandler(context);
    server.start();
    base = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/app/");
  }

  @AfterEach
  void stop() {
    LifeCycle.stop(server);
    recorder.close();
    installation.close();
  }

  @Test
  void recordsWhatWasAskedAndAnswered() throws Exception {
    get("orders/4711?token=s3cret");

    LogEvent event = only();
    assertThat(event.message()).isEqualTo("GET /app/orders/4711 200");
    assertThat(event.service()).isEqualTo("shop");
    assertThat(event.severity()).isEqualTo(Severity.INFO);
    assertThat(event.attributes().text("url.path")).isEqualTo("/app/orders/4711");
    assertThat(event.attributes().text("http.request.method")).isEqualTo("GET");
    assertThat(event.attributes().get("http.response.status_code")).isEqualTo(200L);
    assertThat((Long) event.attributes().get("event.duration")).isPositive();
    assertThat(event.attributes().toString()).doesNotContain("s3cret");
  }

  @Test
  void takesTheRouteThatTheHostMatched() throws Exception {
    get("matched/blue-shoes");

    assertThat(only().attributes().text("http.route")).isEqualTo("/matched/{name}");
  }

  @Test
  void normalisesThePathWhereTheHostMatchedNothing() throws Exception {
    get("orders/4711;jsessionid=1234");

    LogEvent event = only();
    assertThat(event.attributes().text("http.route")).isEqualTo("/app/orders/{id}");
    assertThat(event.attributes().text("url.path")).doesNotContain("jsessionid");
  }

  @Test
  void recordsAnExceptionAsAnError() throws Exception {
    get("broken");

    LogEvent event = only();
    assertThat(event.severity()).isEqualTo(Severity.ERROR);
    assertThat(event.attributes().get("http.response.status_code")).isEqualTo(500L);
    assertThat(event.attributes().text("error.type")).isEqualTo("java.lang.IllegalStateException");
    assertThat(event.attributes().text("error.message")).isEqualTo("no stock");
  }

  @Test
  void recordsWhatIsNotFoundAsAWarning() throws Exception {
    get("missing");

    LogEvent event = only();
    assertThat(event.severity()).isEqualTo(Severity.WARN);
    assertThat(event.attributes().get("http.response.status_code")).isEqualTo(404L);
  }

  @Test
  void recordsAnAsynchronousRequestOnceWhenItEnds() throws Exception {
    get("later");

    LogEvent event = only();
    assertThat(event.attributes().get("http.response.status_code")).isEqualTo(202L);
    assertThat((Long) event.attributes().get("event.duration"))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
  }

  @Test
  void recordsAnAsynchronousRequestThatIsDispatchedAgainOnce() throws Exception {
    get("again");

    assertThat(only().attributes().get("http.response.status_code")).isEqualTo(200L);
  }

  @Test
  void recordsARequestWhoseTimeIsOverOnce() throws Exception {
    get("never");

    assertThat(only().attributes().get("http.response.status_code")).isEqualTo(500L);
  }

  @Test
  void keepsTheNumberOfMethodsSmall() throws Exception {
    client.send(
        HttpRequest.newBuilder(base.resolve("orders/1")).method("PROPFIND", noBody()).build(),
        BodyHandlers.ofString());

    assertThat(only().attributes().text("http.request.method")).isEqualTo("_OTHER");
  }

  @Test
  void leavesTheDashboardOut() throws Exception {
    get("logdash/api/v1/search");
    get("logdashes");

    assertThat(only().attributes().text("url.path")).isEqualTo("/app/logdashes");
  }

  @Test
  void takesTheTraceOfTheCaller() throws Exception {
    send("orders/1", "00-" + TRACE + "-00f067aa0ba902b7-01");

    LogEvent event = only();
    assertThat(event.traceId()).isEqualTo(TRACE);
    assertThat(event.spanId()).isEqualTo("00f067aa0ba902b7");
  }

  @Test
  void prefersTheTraceOfTheHost() throws Exception {
    send("traced", "00-" + TRACE + "-00f067aa0ba902b7-01");

    LogEvent event = only();
    assertThat(event.traceId()).isEqualTo("abcdef0123456789abcdef0123456789");
    assertThat(event.spanId()).isEqualTo("0123456789abcdef");
  }

  @Test
  void believesNoTraceThatIsNone() throws Exception {
    send("orders/1", "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01");
    send("orders/2", "00-<script>");

    assertThat(events(2)).allSatisfy(event -> assertThat(event.traceId()).isEmpty());
  }

  @Test
  void countsWhatComesAfterTheEnd() throws Exception {
    recorder.close();

    assertThat(get("orders/1")).isEqualTo(200);

    assertThat(recorder.counts()).isEqualTo(new RequestCounts(0, 0, 0, 1));
  }

  @Test
  void keepsRequestsWhileTheSinkIsDownUpToItsBound() {
    Faulty sink = new Faulty(new BackendException.Unavailable("down", null));
    RequestRecorder waiting = new RequestRecorder(sink, "shop", Clock.systemUTC());
    for (int i = 0; i < RequestRecorder.CAPACITY + 5; i++) {
      waiting.record(request(i));
    }
    assertThat(waiting.counts()).isEqualTo(new RequestCounts(0, 5, 0, 0));

    sink.mend(installation.logdash().sink());
    waiting.close();

    assertThat(waiting.counts()).isEqualTo(new RequestCounts(RequestRecorder.CAPACITY, 5, 0, 0));
  }

  @Test
  void countsWhatTheSinkNeverTakes() {
    RequestRecorder refused =
        new RequestRecorder(
            new Faulty(new BackendException.Rejected("no", null)), "shop", Clock.systemUTC());
    refused.record(request(1));
    refused.close();

    assertThat(refused.counts()).isEqualTo(new RequestCounts(0, 0, 1, 0));
  }

  private static RecordedRequest request(int number) {
    return new RecordedRequest(0, 1, "GET", "/" + number, "", 200, "", "", null);
  }

  private LogEvent only() {
    return events(1).get(0);
  }

  private List<LogEvent> events(int count) {
    LifeCycle.stop(server);
    recorder.close();
    installation.logdash().drain().block(PATIENCE);
    List<LogEvent> found =
        installation.logdash().search().search(LogQuery.builder().build()).block(PATIENCE).events();
    assertThat(found).hasSize(count);
    return found;
  }

  private int get(String path) throws Exception {
    return send(path, "");
  }

  private int send(String path, String traceparent) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    if (!traceparent.isEmpty()) {
      request.header("traceparent", traceparent);
    }
    return client.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  /** Answers by its path in the ways that a filter meets. */
  private static final class Shop extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getServletPath().replaceFirst("/(\\w+).*", "$1")) {
        case "matched" ->
            request.setAttribute(
                "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern",
                "/matched/{name}");
        case "broken" -> throw new IllegalStateException("no stock");
        case "missing" -> response.sendError(404);
        case "traced" -> {
          MDC.put("traceId", "abcdef0123456789abcdef0123456789");
          MDC.put("spanId", "0123456789abcdef");
        }
        case "later" -> {
          AsyncContext async = request.startAsync();
          Mono.delay(Duration.ofMillis(50), Schedulers.parallel())
              .subscribe(
                  tick -> {
                    response.setStatus(202);
                    async.complete();
                  });
        }
        case "again" -> {
          if (request.getDispatcherType() == DispatcherType.REQUEST) {
            request.startAsync().dispatch();
          } else if (request.getAttribute("second") == null) {
            request.setAttribute("second", true);
            request.startAsync().dispatch();
          }
        }
        case "never" -> request.startAsync().setTimeout(20);
        default -> response.setStatus(200);
      }
    }
  }
}
