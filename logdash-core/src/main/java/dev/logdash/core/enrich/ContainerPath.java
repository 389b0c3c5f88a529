package dev.logdash.core.enrich;

import org.jspecify.annotations.Nullable;

/**
 * What the path of a container's log says, as the kubelet and Docker name these files. Parts that a
 * path does not have are empty.
 */
record ContainerPath(String namespace, String pod, String container, String id) {

  private static final String PODS = "/var/log/pods/";
  private static final String CONTAINERS = "/var/log/containers/";
  private static final String DOCKER = "/docker/containers/";
  private static final int ID_LENGTH = 64;

  /** Reads a path; null if it is none of a container's log. */
  static @Nullable ContainerPath parse(String path) {
    int pods = path.indexOf(PODS);
    if (pods >= 0) {
      return ofPod(path.substring(pods + PODS.length()));
    }
    int containers = path.indexOf(CONTAINERS);
    if (containers >= 0) {
      return ofLink(path.substring(containers + CONTAINERS.length()));
    }
    int docker = path.indexOf(DOCKER);
    return docker >= 0 ? ofDocker(path.substring(docker + DOCKER.length())) : null;
  }

  // <namespace>_<pod>_<uid>/<container>/<restart>.log
  private static @Nullable ContainerPath ofPod(String rest) {
    String[] levels = rest.split("/", -1);
    String[] names = levels[0].split("_", -1);
    return levels.length >= 3 && names.length == 3
        ? new ContainerPath(names[0], names[1], levels[1], "")
        : null;
  }

  // <pod>_<namespace>_<container>-<id>.log
  private static @Nullable ContainerPath ofLink(String rest) {
    String[] names = rest.split("_", -1);
    if (names.length != 3 || !names[2].endsWith(".log")) {
      return null;
    }
    String last = names[2].substring(0, names[2].length() - ".log".length());
    int dash = last.lastIndexOf('-');
    return dash > 0 && isId(last.substring(dash + 1))
        ? new ContainerPath(names[1], names[0], last.substring(0, dash), last.substring(dash + 1))
        : null;
  }

  // <id>/<id>-json.log
  private static @Nullable ContainerPath ofDocker(String rest) {
    int slash = rest.indexOf('/');
    return slash > 0 && isId(rest.substring(0, slash))
        ? new ContainerPath("", "", "", rest.substring(0, slash))
        : null;
  }

  private static boolean isId(String text) {
    boolean hex = text.length() == ID_LENGTH;
    for (int i = 0; hex && i < text.length(); i++) {
      hex = Character.digit(text.charAt(i), 16) >= 0;
    }
    return hex;
  }
}
