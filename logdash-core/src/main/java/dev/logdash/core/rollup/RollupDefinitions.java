package dev.logdash.core.rollup;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is counted where nothing else is configured. */
public final class RollupDefinitions {

  /** All events by service and severity class: dimensions {@code service.name, log.level}. */
  public static final String EVENTS = "events";

  /**
   * Events that log a request, by {@code service.name, http.route, http.request.method,
   * http.response.status_code}, with their durations. A status of 500 and above is an error.
   */
  public static final String REQUESTS = "requests";

  private static final int FIRST_ERROR_STATUS = 500;

  private RollupDefinitions() {}

  static List<RollupDefinition> defaults() {
    return List.of(new Events(), new Requests());
  }

  private static final class Events implements RollupDefinition {

    @Override
    public String name() {
      return EVENTS;
    }

    @Override
    public List<String> dimensions() {
      return List.of(EcsFields.SERVICE_NAME, EcsFields.LOG_LEVEL);
    }

    @Override
    public List<String> series(LogEvent event) {
      return List.of(event.service(), event.severity().className());
    }

    @Override
    public boolean isError(LogEvent event) {
      return event.severity().isError();
    }

    @Override
    public long duration(LogEvent event) {
      return -1;
    }
  }

  private static final class Requests implements RollupDefinition {

    @Override
    public String name() {
      return REQUESTS;
    }

    @Override
    public List<String> dimensions() {
      return List.of(
          EcsFields.SERVICE_NAME,
          EcsFields.HTTP_ROUTE,
          EcsFields.HTTP_METHOD,
          EcsFields.HTTP_STATUS);
    }

    @Override
    public @Nullable List<String> series(LogEvent event) {
      String method = event.attributes().text(EcsFields.HTTP_METHOD);
      Object status = event.attributes().get(EcsFields.HTTP_STATUS);
      if (method.isEmpty() || !(status instanceof Long)) {
        return null;
      }
      String route = event.attributes().text(EcsFields.HTTP_ROUTE);
      return List.of(event.service(), route, method, status.toString());
    }

    @Override
    public boolean isError(LogEvent event) {
      return event.attributes().get(EcsFields.HTTP_STATUS) instanceof Long status
          && status >= FIRST_ERROR_STATUS;
    }

    @Override
    public long duration(LogEvent event) {
      return event.attributes().get(EcsFields.DURATION) instanceof Long nanos && nanos >= 0
          ? nanos
          : -1;
    }
  }
}
