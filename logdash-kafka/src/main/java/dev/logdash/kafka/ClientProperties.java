package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the clients are told: our defaults, then the user's words, then what must not be changed.
 */
final class ClientProperties {

  static final int PRODUCER_MEMORY = 32 * 1024 * 1024;

  private ClientProperties() {}

  static Map<String, Object> producer(KafkaSinkConfig config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    properties.putAll(known(config.properties(), ProducerConfig.configNames()));
    // Set in words: where it only follows from the defaults, Kafka gives it up without a sound.
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_MEMORY);
    properties.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        Math.max(1024 * 1024, config.maxRecordBytes() + 64 * 1024));
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return properties;
  }

  static Map<String, Object> consumer(KafkaSourceConfig config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(16 * 1024 * 1024));
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "30000");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    Map<String, String> own = known(config.properties(), ConsumerConfig.configNames());
    boolean byBroker = "consumer".equalsIgnoreCase(own.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG));
    if (!byBroker) {
      properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
      properties.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    }
    properties.putAll(own);
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }

  static Map<String, Object> admin(Map<String, String> given) {
    Map<String, Object> properties = new HashMap<>();
    properties.putAll(known(given, AdminClientConfig.configNames()));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
    return properties;
  }

  // A property for one of the clients is no business of the others, which would warn of it.
  private static Map<String, String> known(Map<String, String> given, java.util.Set<String> names) {
    if (given.getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "").isBlank()) {
      throw new BackendException.Misconfigured("Kafka: bootstrap.servers names no broker", null);
    }
    Map<String, String> known = new HashMap<>();
    given.forEach(
        (name, value) -> {
          // Properties of plug-ins have names of their own; those of clients are all known.
          if (names.contains(name) || !isOfAClient(name)) {
            known.put(name, value);
          }
        });
    return known;
  }

  private static boolean isOfAClient(String name) {
    return ProducerConfig.configNames().contains(name)
        || ConsumerConfig.configNames().contains(name)
        || AdminClientConfig.configNames().contains(name);
  }
}
