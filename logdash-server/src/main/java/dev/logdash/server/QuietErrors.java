package dev.logdash.server;

import dev.logdash.dashboard.SecurityHeaders;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what never reaches the dashboard like the dashboard does, and tells nothing of us. */
final class QuietErrors extends ErrorHandler {

  private static final String JSON = "application/json;charset=utf-8";

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put("Content-Type", JSON);
    Content.Sink.write(response, true, body(response.getStatus()), callback);
    return true;
  }

  private static String body(int status) {
    return "{\"error\":{\"code\":\"http\",\"message\":\"the request cannot be served: "
        + status
        + "\"}}";
  }
}
