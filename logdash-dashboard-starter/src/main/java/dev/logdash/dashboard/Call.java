package dev.logdash.dashboard;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exchange that its container has let go of, until it is completed. */
final class Call implements AsyncListener {

  private static final Logger LOG = LoggerFactory.getLogger(Call.class);
  private static final long TIMEOUT_MILLIS = 60_000;

  private final AsyncContext context;
  private final HttpServletResponse response;
  private final UnreadBody unread;
  private final boolean head;
  private final AtomicBoolean completed = new AtomicBoolean();
  private final List<Runnable> endings = new ArrayList<>();
  private boolean ended;

  private Call(AsyncContext context, HttpServletRequest request, HttpServletResponse response) {
    this.context = context;
    this.response = response;
    this.unread = new UnreadBody(request);
    this.head = request.getMethod().equals("HEAD");
  }

  static Call begin(HttpServletRequest request, HttpServletResponse response, boolean stays) {
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(stays ? 0 : TIMEOUT_MILLIS);
    Call call = new Call(context, request, response);
    context.addListener(call);
    return call;
  }

  HttpServletResponse response() {
    return response;
  }

  UnreadBody unread() {
    return unread;
  }

  boolean isHead() {
    return head;
  }

  /** Runs something once when the exchange has ended, in whatever way; at once if it has. */
  void onEnd(Runnable ending) {
    synchronized (endings) {
      if (!ended) {
        endings.add(ending);
        return;
      }
    }
    ending.run();
  }

  /** Ends the exchange. Idempotent. */
  void complete() {
    if (completed.compareAndSet(false, true)) {
      try {
        context.complete();
      } catch (IllegalStateException e) {
        LOG.debug("The exchange has ended before", e);
      }
      end();
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    completed.set(true);
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    complete();
  }

  @Override
  public void onError(AsyncEvent event) {
    complete();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}

  private void end() {
    List<Runnable> due;
    synchronized (endings) {
      ended = true;
      due = List.copyOf(endings);
      endings.clear();
    }
    due.forEach(Runnable::run);
  }
}
