package dev.logdash.kafka;

import dev.logdash.api.event.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks the cluster what a partition is, how far its group has come, and where it ends. */
final class Places implements AutoCloseable {

  private static final int CHECK_MILLIS = 3_000;

  private final Admin admin;
  private final String group;

  Places(KafkaSourceConfig config) {
    this.admin = Admin.create(ClientProperties.admin(config.properties()));
    this.group = config.group();
  }

  /** A partition with its identity and the offset that its group has committed in this life. */
  record Place(TopicPartition partition, PartitionId id, long committed) {}

  CompletionStage<Map<TopicPartition, Place>> find(Collection<TopicPartition> partitions) {
    Set<String> names = new HashSet<>();
    partitions.forEach(partition -> names.add(partition.topic()));
    CompletableFuture<String> cluster =
        admin.describeCluster().clusterId().toCompletionStage().toCompletableFuture();
    CompletableFuture<Map<String, TopicDescription>> topics =
        admin.describeTopics(names).allTopicNames().toCompletionStage().toCompletableFuture();
    CompletableFuture<Map<TopicPartition, OffsetAndMetadata>> offsets =
        admin
            .listConsumerGroupOffsets(
                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
            .partitionsToOffsetAndMetadata(group)
            .toCompletionStage()
            .toCompletableFuture();
    return CompletableFuture.allOf(cluster, topics, offsets)
        .thenApply(
            all -> {
              Map<TopicPartition, Place> places = new HashMap<>();
              for (TopicPartition partition : partitions) {
                TopicDescription topic = topics.join().get(partition.topic());
                if (topic != null) {
                  String incarnation = cluster.join() + '.' + topic.topicId();
                  places.put(
                      partition,
                      new Place(
                          partition,
                          new PartitionId(incarnation, partition.partition()),
                          committed(offsets.join().get(partition), incarnation)));
                }
              }
              return places;
            });
  }

  Mono<Long> end(TopicPartition partition) {
    return Mono.defer(
            () ->
                Mono.fromCompletionStage(
                    admin
                        .listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .toCompletionStage()))
        .map(result -> result.offset())
        .onErrorMap(error -> KafkaErrors.translate("the end of " + partition, error));
  }

  Mono<Void> check() {
    return Mono.defer(
            () ->
                Mono.fromCompletionStage(
                    admin
                        .describeCluster(new DescribeClusterOptions().timeoutMs(CHECK_MILLIS))
                        .nodes()
                        .toCompletionStage()))
        .onErrorMap(error -> KafkaErrors.translate("the cluster", error))
        .then();
  }

  @Override
  public void close() {
    admin.close(Duration.ofMillis(500));
  }

  // An offset of a topic of the same name that is gone says nothing of this one.
  private static long committed(@Nullable OffsetAndMetadata offset, String incarnation) {
    if (offset == null) {
      return 0;
    }
    String of = offset.metadata();
    return of.isEmpty() || of.equals(incarnation) ? offset.offset() : 0;
  }
}
