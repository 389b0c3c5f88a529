package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import dev.logdash.kafka.Places.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that the group gives to this member, from the first word of them until they are
 * taken away. One is handed out once the cluster has told its identity. For the poll thread alone.
 */
final class OwnedPartitions {

  private static final Logger LOG = LoggerFactory.getLogger(OwnedPartitions.class);
  private static final long GRACE_MILLIS = 3_000;
  private static final long RESOLVE_AGAIN_MILLIS = 1_000;

  private final PollTasks tasks;
  private final KafkaAssignment.Owner owner;
  private final Consumer<List<KafkaAssignment>> assigned;
  private final Map<TopicPartition, KafkaAssignment> owned = new HashMap<>();
  private final Set<TopicPartition> unresolved = new HashSet<>();
  private final LongAdder rebalances = new LongAdder();
  private long resolveAt;
  private boolean resolving;

  /**
   * Knows of none.
   *
   * @param assigned is told of the partitions that may be read from now on
   */
  OwnedPartitions(
      PollTasks tasks, KafkaAssignment.Owner owner, Consumer<List<KafkaAssignment>> assigned) {
    this.tasks = tasks;
    this.owner = owner;
    this.assigned = assigned;
  }

  /** How often some were given or taken away; for any thread. */
  long rebalances() {
    return rebalances.sum();
  }

  List<KafkaAssignment> all() {
    return List.copyOf(owned.values());
  }

  @Nullable KafkaAssignment of(TopicPartition partition) {
    return owned.get(partition);
  }

  /** Whether an assignment may commit: also while it is being taken away, not once it is. */
  boolean has(KafkaAssignment assignment) {
    return owned.get(assignment.partition()) == assignment;
  }

  void give(Collection<TopicPartition> partitions) {
    rebalances.increment();
    unresolved.addAll(partitions);
    resolveAt = System.nanoTime();
  }

  /**
   * Ends the reading of partitions.
   *
   * @param mayCommit whether they are ours until this returns
   */
  void takeAway(Collection<TopicPartition> partitions, boolean mayCommit) {
    if (partitions.isEmpty()) {
      return;
    }
    rebalances.increment();
    // Tasks run from here on, so nobody need wake the consumer, whose commit that would end.
    tasks.keepAwake();
    unresolved.removeAll(partitions);
    List<KafkaAssignment> leaving = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      KafkaAssignment assignment = owned.get(partition);
      if (assignment != null) {
        leaving.add(assignment);
        if (!mayCommit) {
          owned.remove(partition);
        }
        assignment.end(mayCommit);
      }
    }
    if (mayCommit) {
      awaitLastAcknowledgements(leaving);
    }
    leaving.forEach(assignment -> owned.remove(assignment.partition(), assignment));
  }

  /** All are lost at once, those without an identity too. */
  void lose() {
    takeAway(Set.copyOf(owned.keySet()), false);
    unresolved.clear();
  }

  /** Ends the reading of all, and lets them commit. */
  void leave() {
    List<KafkaAssignment> leaving = all();
    leaving.forEach(assignment -> assignment.end(true));
    awaitLastAcknowledgements(leaving);
    tasks.run();
    owned.clear();
  }

  /** Their readers have ended and may be about to say how far they came. */
  private void awaitLastAcknowledgements(List<KafkaAssignment> leaving) {
    try {
      tasks.runWhile(() -> leaving.stream().anyMatch(KafkaAssignment::isUnsettled), GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Asks for the identities that are not known.
   *
   * @param failed is told why they cannot be had, and that they are asked for again
   */
  void resolve(Places cluster, Consumer<BackendException> failed) {
    if (unresolved.isEmpty() || resolving || System.nanoTime() < resolveAt) {
      return;
    }
    resolving = true;
    Set<TopicPartition> asked = Set.copyOf(unresolved);
    cluster
        .find(asked)
        .whenComplete((found, error) -> tasks.add(() -> resolved(asked, found, error, failed)));
  }

  private void resolved(
      Set<TopicPartition> asked,
      @Nullable Map<TopicPartition, Place> found,
      @Nullable Throwable error,
      Consumer<BackendException> failed) {
    resolving = false;
    if (found == null || error != null) {
      BackendException reason =
          KafkaErrors.translate(
              "the partitions cannot be told",
              error != null ? error : new IOException("no answer"));
      failed.accept(reason);
      LOG.warn("Reading waits: {}", reason.getMessage());
      resolveAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RESOLVE_AGAIN_MILLIS);
      return;
    }
    List<KafkaAssignment> news = new ArrayList<>();
    for (TopicPartition partition : asked) {
      Place place = found.get(partition);
      if (place != null && unresolved.remove(partition)) {
        KafkaAssignment assignment =
            new KafkaAssignment(place.id(), partition, place.committed(), owner);
        owned.put(partition, assignment);
        news.add(assignment);
      }
    }
    assigned.accept(news);
  }
}
