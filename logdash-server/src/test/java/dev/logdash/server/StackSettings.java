package dev.logdash.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.logdash.testing.stack.StackServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Processes that share the work over the servers of a full stack. */
final class StackSettings {

  /** The topics of other programs that processors read. */
  static final String FOREIGN_TOPICS = "app-*";

  /** The processors that share the work. */
  static final String GROUP = "logdash";

  private StackSettings() {}

  /** Starts the servers, of whose comings and goings their clients say little. */
  static StackServers start(Path folder) {
    for (String client : List.of("org.apache", "org.mongodb", "io.lettuce", "io.netty", "de")) {
      ((Logger) LoggerFactory.getLogger(client)).setLevel(Level.ERROR);
    }
    return StackServers.start(folder);
  }

  /**
   * Writes settings in which all of them are used.
   *
   * @param more lines below {@code logdash:}
   */
  static Path write(StackServers servers, String name, String... more) {
    List<String> lines = new ArrayList<>(servers.stores("logdash", "redis"));
    lines.add("kafka.topics: " + FOREIGN_TOPICS);
    lines.add("kafka.group: " + GROUP);
    lines.add("kafka.metadata.max.age.ms: 2000");
    lines.add("ingest.open-loopback: true");
    lines.addAll(List.of(more));
    return servers.settings(name, lines);
  }
}
