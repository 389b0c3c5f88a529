package dev.logdash.dashboard;

import dev.logdash.api.auth.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of all routes.
 *
 * @param path below the mount, with names in braces: {@code api/v1/event/{id}}
 * @param permission what it takes; null where nobody need be known
 * @param parameters the query parameters that it reads
 * @param selector a query parameter that picks this route among several of one path; empty for the
 *     one that is taken without any
 */
record Route(
    String method,
    String path,
    @Nullable Permission permission,
    Guard guard,
    List<String> parameters,
    String selector,
    Handler handler) {

  /** What a request that changes something must prove, beyond who sends it. */
  enum Guard {
    /** Nothing: it changes nothing. */
    READS,
    /** That a page of ours sent it: the header {@code X-Logdash}, the origin, the type JSON. */
    OWN_PAGE,
    /** Nothing: only an API key may send it, which no browser adds by itself. */
    API_KEY
  }

  Route {
    parameters = List.copyOf(parameters);
  }

  static Route get(
      String path, @Nullable Permission permission, List<String> parameters, Handler handler) {
    return new Route("GET", path, permission, Guard.READS, parameters, "", handler);
  }

  static Route change(
      String method, String path, @Nullable Permission permission, Handler handler) {
    return new Route(method, path, permission, Guard.OWN_PAGE, List.of(), "", handler);
  }

  static Route ingest(String method, String path, List<String> parameters, Handler handler) {
    return new Route(method, path, Permission.INGEST, Guard.API_KEY, parameters, "", handler);
  }

  /** A question of whoever brings logs. */
  static Route asked(String path, Handler handler) {
    return new Route("GET", path, Permission.INGEST, Guard.READS, List.of(), "", handler);
  }

  /** Whether the answer goes on without an end. */
  boolean stays() {
    return path.equals("api/v1/tail");
  }

  Route selectedBy(String parameter) {
    return new Route(method, path, permission, Guard.OWN_PAGE, parameters, parameter, handler);
  }
}
