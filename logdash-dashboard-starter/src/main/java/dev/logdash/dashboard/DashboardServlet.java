package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import dev.logdash.api.error.UnauthenticatedException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The dashboard and its HTTP API, below whatever path it is mapped to: {@code /logdash/*}, or
 * {@code /*} for a host of its own. It decides itself who may do what, and relies on no filter of
 * its host. To be registered with support for asynchronous requests.
 *
 * <p>Made by {@link #builder}. {@link #destroy} ends what it started, and nothing of what it was
 * given.
 */
public final class DashboardServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  // Where containers differ in how they understand an address, and filters with them.
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "//|;|\\\\|%2[ef]|%5c|%25|%[01][0-9a-f]|%7f|/\\.\\.?(/|$)", Pattern.CASE_INSENSITIVE);

  private final transient Parts parts;
  private final transient RouteTable routes;
  private final transient StaticFiles files;
  private final transient Responder responder;
  private final transient AtomicLong failures = new AtomicLong();
  private final transient TailLimit tails = new TailLimit();

  DashboardServlet(Parts parts) {
    this.parts = parts;
    this.routes = parts.routes();
    this.responder = new Responder(parts.scheduler());
    this.files = StaticFiles.load(DashboardServlet.class.getClassLoader());
  }

  public static DashboardBuilder builder() {
    return new DashboardBuilder();
  }

  RouteTable routes() {
    return routes;
  }

  @Override
  public void destroy() {
    parts.close();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    SecurityHeaders.apply(response);
    try {
      dispatch(request, response);
    } catch (RuntimeException e) {
      responder.send(Call.begin(request, response, false), Problem.of(e, failures).reply());
    }
  }

  private void dispatch(HttpServletRequest request, HttpServletResponse response) {
    String path = request.getPathInfo();
    if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
      throw Problem.notFound("there is nothing at this address");
    }
    if (path == null) {
      // Without the slash at its end the addresses in the page would lead elsewhere. The new one
      // is relative, since nobody here knows what stands in front of the path.
      String mount = request.getRequestURI();
      response.setStatus(HttpServletResponse.SC_FOUND);
      response.setHeader("Location", mount.substring(mount.lastIndexOf('/') + 1) + "/");
      return;
    }
    QueryString parameters = new QueryString(request.getQueryString());
    String below = path.substring(1);
    boolean reads = Set.of("GET", "HEAD").contains(request.getMethod());
    if (reads && parts.showsPages() && !(below.isEmpty() && asksAsAShipper(request))) {
      Reply.Body file =
          files.find(
              below,
              parameters.value("v"),
              Objects.requireNonNullElse(request.getHeader("If-None-Match"), ""),
              accepts(request, "gzip"));
      if (file != null) {
        responder.send(Call.begin(request, response, false), file);
        return;
      }
    }
    List<String> segments = List.of(below.split("/", -1));
    RouteTable.Match match =
        routes.find(reads ? "GET" : request.getMethod(), segments, parameters.names());
    Route route = match.route();
    if (match.methods().isEmpty()) {
      throw Problem.notFound("there is nothing at this address");
    }
    if (route == null) {
      response.setHeader("Allow", String.join(", ", match.methods()));
      throw Problem.of(405, "method", "this address is not for " + request.getMethod(), "");
    }
    OwnPage.check(route, request);
    Exchange exchange =
        new Exchange(
            request, route, match.variables(), parameters, parts.credentials(request), null);
    answer(route, exchange, Call.begin(request, response, route.stays()));
  }

  private void answer(Route route, Exchange exchange, Call call) {
    Disposable work =
        principal(route, exchange)
            .doOnNext(known -> trust(known, call))
            .flatMap(known -> route.handler().handle(known))
            .subscribeOn(parts.scheduler())
            .subscribe(
                reply -> reply(reply, call),
                error -> responder.send(call, Problem.of(error, failures).reply()));
    call.onEnd(work::dispose);
  }

  private static void trust(Exchange known, Call call) {
    if (!known.isAnonymous()) {
      call.unread().trust();
    }
  }

  private Mono<Exchange> principal(Route route, Exchange exchange) {
    Mono<Exchange> known = parts.authenticate(exchange.credentials()).map(exchange::by);
    Permission permission = route.permission();
    if (permission == null) {
      return known.onErrorResume(error -> Mono.empty()).defaultIfEmpty(exchange);
    }
    return known
        .switchIfEmpty(Mono.error(UnauthenticatedException::new))
        .delayUntil(by -> parts.require(by, permission));
  }

  private void reply(Reply reply, Call call) {
    if (reply instanceof Reply.Body body) {
      responder.send(call, body);
    } else if (reply instanceof Reply.Stream stream) {
      if (!tails.enter(stream.user(), call)) {
        responder.send(call, Problem.busy("too many live tails are open", 10).reply());
        return;
      }
      try {
        stream.tail().start(call);
      } catch (IOException | IllegalStateException e) {
        stream.tail().onError(e);
        call.complete();
      }
    }
  }

  // The page and what shippers for Elasticsearch ask first have one address.
  private static boolean asksAsAShipper(HttpServletRequest request) {
    String accepted = request.getHeader("Accept");
    return accepted != null && accepted.contains("json") && !accepted.contains("html");
  }

  private static boolean accepts(HttpServletRequest request, String encoding) {
    String accepted = request.getHeader("Accept-Encoding");
    return accepted != null && accepted.contains(encoding);
  }
}
