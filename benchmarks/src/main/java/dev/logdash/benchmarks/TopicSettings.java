package dev.logdash.benchmarks;

import dev.logdash.testing.stack.StackServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Settings of processes that keep what they read from a topic. */
final class TopicSettings {

  /** Lets the benchmarks read the metrics of a process. */
  static final String TOKEN = "a-token-for-metrics";

  private TopicSettings() {}

  /** Kept in the folder of the process. */
  static Path embedded(StackServers servers, String name, String topic) {
    return servers.settings(name, lines(name, topic));
  }

  /**
   * Kept in the servers.
   *
   * @param cache {@code redis} or {@code memory}
   */
  static Path full(StackServers servers, String name, String topic, String cache) {
    List<String> lines = lines(name, topic);
    lines.addAll(servers.stores(topic, cache));
    return servers.settings(name, lines);
  }

  private static List<String> lines(String name, String topic) {
    return new ArrayList<>(
        List.of("kafka.topic: " + topic, "kafka.group: " + name, "metrics.token: " + TOKEN));
  }
}
