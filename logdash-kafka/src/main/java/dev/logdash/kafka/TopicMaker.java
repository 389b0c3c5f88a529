package dev.logdash.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes a topic if it is not there; how often it is replicated is left to the cluster. */
final class TopicMaker {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int USUAL_BYTES = 1_048_588;
  private static final int BATCH_OVERHEAD = 4 * 1024;

  private TopicMaker() {}

  // What a sink takes, the broker must take as well; where that is less than usual, the usual.
  private static int largest(KafkaSinkConfig config) {
    return Math.max(USUAL_BYTES, config.maxRecordBytes() + BATCH_OVERHEAD);
  }

  /** Completes when the topic is there, or may be and is not ours to make. */
  static CompletionStage<Void> make(KafkaSinkConfig config) {
    Admin admin = Admin.create(ClientProperties.admin(config.properties()));
    NewTopic topic =
        new NewTopic(config.topic(), Optional.of(config.partitions()), Optional.empty())
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(config.retention().toMillis()),
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(largest(config))));
    return admin
        .createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(TIMEOUT_MILLIS))
        .all()
        .toCompletionStage()
        .handle(
            (made, error) -> {
              // Closing waits for the thread of the client, which is the one that runs this.
              admin.close(Duration.ZERO);
              Throwable reason = error == null ? null : KafkaErrors.unwrap(error);
              if (reason != null
                  && !(reason instanceof TopicExistsException)
                  && !(reason instanceof AuthorizationException)) {
                throw KafkaErrors.translate("the topic cannot be made", reason);
              }
              return null;
            });
  }
}
