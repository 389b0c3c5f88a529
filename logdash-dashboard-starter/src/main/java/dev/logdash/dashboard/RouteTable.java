package dev.logdash.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All routes, and which one a request takes. */
final class RouteTable {

  private final List<Route> routes;
  private final List<List<String>> segments = new ArrayList<>();

  RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.routes.forEach(route -> segments.add(List.of(route.path().split("/", -1))));
  }

  List<Route> routes() {
    return routes;
  }

  /**
   * What a path leads to.
   *
   * @param route null where the path exists for other methods only
   * @param variables the parts of the path that a name in braces stands for
   * @param methods for which methods the path exists; none means that it does not exist
   */
  record Match(@Nullable Route route, Map<String, String> variables, Set<String> methods) {}

  /**
   * Finds the route of a request.
   *
   * @param path decoded, below the mount, without a slash in front
   * @param parameters the names of the query parameters that the request has
   */
  Match find(String method, List<String> path, Set<String> parameters) {
    Route found = null;
    Map<String, String> variables = Map.of();
    Set<String> methods = new TreeSet<>();
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      Map<String, String> values = values(segments.get(i), path);
      if (values == null) {
        continue;
      }
      methods.add(route.method());
      boolean selected = route.selector().isEmpty() || parameters.contains(route.selector());
      boolean better = found == null || !route.selector().isEmpty();
      if (route.method().equals(method) && selected && better) {
        found = route;
        variables = values;
      }
    }
    return new Match(found, variables, methods);
  }

  private static @Nullable Map<String, String> values(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return null;
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String wanted = template.get(i);
      if (wanted.startsWith("{")) {
        if (path.get(i).isEmpty()) {
          return null;
        }
        values.put(wanted.substring(1, wanted.length() - 1), path.get(i));
      } else if (!wanted.equals(path.get(i))) {
        return null;
      }
    }
    return values;
  }
}
