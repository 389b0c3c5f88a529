package dev.logdash.dashboard.request;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Records each request of a host once, when it is answered: route template, method, status,
 * duration and trace. Changes nothing of the request and never makes one fail. The query, headers,
 * bodies and the address of the client are not recorded.
 *
 * <p>To be mapped to {@code /*} for dispatches of the type REQUEST, with support for asynchronous
 * requests, in front of filters that answer requests themselves.
 */
public final class RequestFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  // The name that Spring MVC gives to the attribute.
  private static final String SPRING_PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";
  private static final String SEEN = RequestFilter.class.getName();
  private static final int LONGEST_PATH = 2_048;
  private static final int ERROR = 500;
  // Anybody can make names up, and each would be a series of its own.
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
  private static final String OTHER_METHOD = "_OTHER";

  private final transient RequestRecorder recorder;
  private final String dashboard;

  /**
   * @param recorder stays the caller's to close
   * @param dashboard the path below which requests are not recorded
   */
  public RequestFilter(RequestRecorder recorder, String dashboard) {
    this.recorder = recorder;
    this.dashboard = dashboard;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (dashboard.equals(request.getServletPath()) || request.getAttribute(SEEN) != null) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(SEEN, true);
    Pending pending = new Pending(request, System.nanoTime());
    Throwable failure = null;
    try {
      chain.doFilter(request, response);
    } catch (IOException | ServletException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      pending.leave(response, failure);
    }
  }

  /** A request on its way. */
  private final class Pending implements AsyncListener {

    private final HttpServletRequest request;
    private final long start;
    private final String method;
    private final String path;
    private final AtomicBoolean recorded = new AtomicBoolean();
    // Left behind by the first thread; an error page would put its own in their place.
    private TraceParent trace = new TraceParent("", "");
    private String route = "";
    private @Nullable Throwable failure;

    Pending(HttpServletRequest request, long start) {
      this.request = request;
      this.start = start;
      method = METHODS.contains(request.getMethod()) ? request.getMethod() : OTHER_METHOD;
      path = path(request.getRequestURI());
    }

    void leave(HttpServletResponse response, @Nullable Throwable thrown) {
      try {
        trace = TraceParent.of(request.getHeader(TraceParent.HEADER));
        route = route();
        failure = thrown;
        if (thrown == null && request.isAsyncStarted()) {
          request.getAsyncContext().addListener(this, request, response);
        } else {
          finish(response);
        }
      } catch (RuntimeException e) {
        recorder.failed(e);
      }
    }

    private void finish(HttpServletResponse response) {
      if (!recorded.compareAndSet(false, true)) {
        return;
      }
      int status = response.getStatus();
      // The container turns what was thrown into an error only behind all filters.
      boolean unanswered = failure != null && !response.isCommitted() && status < ERROR;
      recorder.record(
          new RecordedRequest(
              recorder.millis(),
              Math.max(0, System.nanoTime() - start),
              method,
              path,
              route.isEmpty() ? route() : route,
              unanswered ? ERROR : status,
              trace.trace(),
              trace.span(),
              failure));
    }

    private String route() {
      Object pattern = request.getAttribute(SPRING_PATTERN);
      return pattern == null ? "" : pattern.toString();
    }

    @Override
    public void onComplete(AsyncEvent event) {
      try {
        if (event.getSuppliedResponse() instanceof HttpServletResponse response) {
          finish(response);
        }
      } catch (RuntimeException e) {
        recorder.failed(e);
      }
    }

    @Override
    public void onError(AsyncEvent event) {
      failure = event.getThrowable();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {
      // A dispatch that goes on asynchronously has let its listeners go.
      AsyncContext again = event.getAsyncContext();
      again.addListener(this, event.getSuppliedRequest(), event.getSuppliedResponse());
    }
  }

  private static String path(String uri) {
    int parameters = uri.indexOf(';');
    String path = parameters < 0 ? uri : uri.substring(0, parameters);
    return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path;
  }
}
