package dev.logdash.dashboard;

import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.LogSource;
import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.redact.RedactingSource;
import dev.logdash.core.redact.Redactor;
import dev.logdash.kafka.KafkaLogSink;
import dev.logdash.kafka.KafkaLogSource;
import dev.logdash.kafka.KafkaProgress;
import dev.logdash.kafka.KafkaSinkConfig;
import dev.logdash.kafka.KafkaSourceConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Kafka as the settings name it. */
final class KafkaWiring {

  private static final Duration RETENTION = Duration.ofDays(7);
  private static final long BUFFER = 16L << 20;
  // What a record has around its line: source, headers, position.
  private static final int RECORD_OVERHEAD = 64 * 1024;

  private KafkaWiring() {}

  /**
   * @param meters gets what the sink counts
   */
  static LogSink sink(
      LogdashConfig config, Clock clock, RandomGenerator random, List<BackendMeter> meters) {
    KafkaLogSink sink = KafkaLogSink.open(topic(config), clock, random);
    meters.addAll(KafkaMeters.of(sink, "logs"));
    return sink;
  }

  static LogSink deadLetters(
      LogdashConfig config, Clock clock, RandomGenerator random, List<BackendMeter> meters) {
    // In one partition, so that they have one order.
    KafkaLogSink sink =
        KafkaLogSink.open(topic(config).deadLetters().withNewTopic(1, RETENTION), clock, random);
    meters.addAll(KafkaMeters.of(sink, "dead_letters"));
    return sink;
  }

  /** The dead letters, for one who looks at them and takes none away. */
  static LogSource letters(LogdashConfig config, String reader) {
    return KafkaLogSource.open(
        KafkaSourceConfig.of(
            config.below(BackendKeys.KAFKA),
            "logdash-letters-" + reader,
            topic(config).deadLetters().topic()));
  }

  /** How far the processes of a group are. */
  static KafkaProgress progress(LogdashConfig config, String group, Clock clock) {
    return KafkaProgress.watch(
        config.below(BackendKeys.KAFKA), group, topics(config), patterns(config), clock);
  }

  /**
   * @param group the processes that share the work; one that works alone has one of its own
   * @param meters gets what the source counts
   */
  static LogSource source(LogdashConfig config, String group, List<BackendMeter> meters) {
    KafkaLogSource source =
        KafkaLogSource.open(
            new KafkaSourceConfig(
                config.below(BackendKeys.KAFKA), group, topics(config), patterns(config)));
    meters.addAll(KafkaMeters.of(source));
    if (!config.get(ConfigKeys.REDACT_ENABLED)) {
      return source;
    }
    Redactor redactor = Redactor.of(config);
    meters.addAll(RedactionMeters.of(redactor));
    return new RedactingSource(source, redactor);
  }

  private static List<String> topics(LogdashConfig config) {
    List<String> topics = new ArrayList<>(List.of(config.get(BackendKeys.KAFKA_TOPIC)));
    config.get(BackendKeys.KAFKA_TOPICS).stream()
        .filter(name -> !name.contains("*"))
        .forEach(topics::add);
    return topics;
  }

  private static List<String> patterns(LogdashConfig config) {
    return config.get(BackendKeys.KAFKA_TOPICS).stream()
        .filter(name -> name.contains("*"))
        .map(KafkaWiring::pattern)
        .toList();
  }

  private static KafkaSinkConfig topic(LogdashConfig config) {
    int longest = Math.toIntExact(config.get(ConfigKeys.SPOOL_MAX_RECORD_BYTES));
    return KafkaSinkConfig.of(config.below(BackendKeys.KAFKA), config.get(BackendKeys.KAFKA_TOPIC))
        .withNewTopic(config.get(BackendKeys.KAFKA_PARTITIONS), RETENTION)
        .withLimits(BUFFER, longest + RECORD_OVERHEAD);
  }

  // Our own topics are named as they are; a pattern must not bring their dead letters back in.
  private static String pattern(String name) {
    return "(?!.*\\.dlq$)"
        + Pattern.compile("\\*")
            .splitAsStream(name + " ")
            .map(part -> part.strip())
            .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
            .collect(Collectors.joining(".*"));
  }
}
