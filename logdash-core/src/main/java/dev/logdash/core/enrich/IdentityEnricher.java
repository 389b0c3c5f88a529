package dev.logdash.core.enrich;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives an event the names of its service, host, process and container where it lacks them, by the
 * fields in which shippers, container engines and OpenTelemetry write them, and by the path of a
 * container's log. Of the machine it runs on it knows nothing: the event may be of another.
 */
final class IdentityEnricher implements Enricher {

  static final String CONTAINER_NAME = "container.name";
  static final String CONTAINER_ID = "container.id";
  static final String POD = "kubernetes.pod.name";
  static final String NAMESPACE = "kubernetes.namespace";
  private static final String FILE = "log.file.path";

  // The name that an event is to have, then where else it may stand, the best first.
  private static final List<List<String>> TARGETS =
      List.of(
          List.of(
              EcsFields.SERVICE_NAME,
              "kubernetes.labels.app.kubernetes.io/name",
              "kubernetes.labels.app_kubernetes_io/name",
              "kubernetes.labels.k8s-app",
              "kubernetes.labels.app",
              "container.labels.com_docker_compose_service",
              "attrs.com.docker.compose.service",
              "com.docker.compose.service",
              "k8s.deployment.name",
              "k8s.statefulset.name",
              "k8s.daemonset.name"),
          List.of(
              CONTAINER_NAME,
              "kubernetes.container.name",
              "kubernetes.container_name",
              "k8s.container.name",
              "container_name",
              "CONTAINER_NAME"),
          List.of(
              CONTAINER_ID,
              "kubernetes.docker_id",
              "docker.container_id",
              "container_id",
              "CONTAINER_ID_FULL"),
          List.of(
              "container.image.name",
              "kubernetes.container.image",
              "kubernetes.container_image",
              "image_name",
              "IMAGE_NAME"),
          List.of(POD, "kubernetes.pod_name", "k8s.pod.name"),
          List.of(NAMESPACE, "kubernetes.namespace_name", "k8s.namespace.name"),
          List.of(
              EcsFields.HOST_NAME,
              "host.name",
              "agent.hostname",
              "beat.hostname",
              "kubernetes.node.name",
              "kubernetes.host",
              "k8s.node.name",
              "_HOSTNAME"),
          List.of("process.name", "process.executable.name", "SYSLOG_IDENTIFIER", "_COMM"));

  private static final Map<String, Place> PLACES = places();

  /**
   * What a field says.
   *
   * @param target the place of its list
   * @param rank of two fields for one target the lower counts; 0 is the target itself
   */
  private record Place(int target, int rank) {

    /** Whether an event without any such field, and without a path, stays as it is. */
    boolean mayChange() {
      return rank > 0 || target <= 1;
    }
  }

  @Override
  public LogEvent enrich(LogEvent event) {
    ContainerPath path = path(event);
    return path != null || mayChange(event.attributes()) ? enrich(event, path) : event;
  }

  private static boolean mayChange(Attributes attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      Place place = PLACES.get(attributes.name(i));
      if (place != null && place.mayChange()) {
        return true;
      }
    }
    return false;
  }

  private static LogEvent enrich(LogEvent event, @Nullable ContainerPath path) {
    Attributes attributes = event.attributes();
    String[] found = new String[TARGETS.size()];
    int[] ranks = new int[found.length];
    for (int i = 0; i < attributes.size(); i++) {
      Place place = PLACES.get(attributes.name(i));
      if (place != null && (found[place.target] == null || place.rank < ranks[place.target])) {
        String value = attributes.value(i) instanceof String text ? bare(text) : "";
        if (!value.isEmpty() || place.rank == 0) {
          found[place.target] = value;
          ranks[place.target] = place.rank;
        }
      }
    }
    ofPath(path, found, ranks);
    return with(event, found, ranks);
  }

  private static @Nullable ContainerPath path(LogEvent event) {
    String file = event.attributes().text(FILE);
    return ContainerPath.parse(file.isEmpty() ? event.source() : file);
  }

  private static void ofPath(@Nullable ContainerPath path, String[] found, int[] ranks) {
    if (path != null) {
      add(CONTAINER_NAME, path.container(), found, ranks);
      add(CONTAINER_ID, path.id(), found, ranks);
      add(POD, path.pod(), found, ranks);
      add(NAMESPACE, path.namespace(), found, ranks);
    }
  }

  private static void add(String name, String value, String[] found, int[] ranks) {
    Place place = PLACES.get(name);
    if (place != null && found[place.target] == null && !value.isEmpty()) {
      found[place.target] = value;
      ranks[place.target] = Integer.MAX_VALUE;
    }
  }

  private static LogEvent with(LogEvent event, @Nullable String[] found, int[] ranks) {
    LogEvent.Builder enriched = null;
    Attributes.Builder attributes = null;
    for (int i = 1; i < found.length; i++) {
      if (found[i] != null && ranks[i] > 0) {
        attributes = attributes == null ? event.attributes().toBuilder() : attributes;
        attributes.put(TARGETS.get(i).get(0), found[i]);
      }
    }
    if (attributes != null) {
      enriched = event.toBuilder().attributes(attributes.build());
    }
    String service = found[0] != null ? found[0] : found[1];
    if (event.service().isEmpty() && service != null) {
      enriched = (enriched == null ? event.toBuilder() : enriched).service(service);
    }
    return enriched == null ? event : enriched.build();
  }

  // Docker begins names with a slash, and Kubernetes ids with the engine: containerd://4f2a.
  private static String bare(String text) {
    int scheme = text.indexOf("://");
    String value = scheme < 0 ? text : text.substring(scheme + 3);
    return value.startsWith("/") ? value.substring(1) : value;
  }

  private static Map<String, Place> places() {
    Map<String, Place> places = new HashMap<>();
    for (int target = 0; target < TARGETS.size(); target++) {
      List<String> names = TARGETS.get(target);
      for (int rank = 0; rank < names.size(); rank++) {
        places.put(names.get(rank), new Place(target, rank));
      }
    }
    return Map.copyOf(places);
  }
}
