package dev.logdash.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a {@link KafkaLogSource} reads.
 *
 * @param properties what the clients of Kafka are told, under Kafka's own names; with {@code
 *     group.protocol=consumer} the broker assigns the partitions; never logged
 * @param group the processes that share the topics among them
 * @param topics need not be there yet
 * @param patterns regular expressions for whole names of more topics, of today and to come
 */
public record KafkaSourceConfig(
    Map<String, String> properties, String group, List<String> topics, List<String> patterns) {

  public KafkaSourceConfig {
    properties = Map.copyOf(properties);
    topics = List.copyOf(topics);
    patterns = List.copyOf(patterns);
    Objects.requireNonNull(group, "group");
    if (topics.isEmpty() && patterns.isEmpty()) {
      throw new IllegalArgumentException("no topic to read");
    }
    patterns.forEach(Pattern::compile);
  }

  /** Reads some topics and no others. */
  public static KafkaSourceConfig of(
      Map<String, String> properties, String group, String... topics) {
    return new KafkaSourceConfig(properties, group, List.of(topics), List.of());
  }

  Pattern allTopics() {
    return Pattern.compile(
        Stream.concat(topics.stream().map(Pattern::quote), patterns.stream())
            .map(each -> "(?:" + each + ")")
            .collect(Collectors.joining("|")));
  }

  /** Without the properties, among which there may be passwords. */
  @Override
  public String toString() {
    return "KafkaSourceConfig[group="
        + group
        + ", topics="
        + topics
        + ", patterns="
        + patterns
        + "]";
  }
}
