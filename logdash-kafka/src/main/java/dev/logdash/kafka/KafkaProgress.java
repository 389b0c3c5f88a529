package dev.logdash.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * How far a group of processes has come with some topics, for one who need not be among them. Where
 * a group has acknowledged all that stood in the topics at a time, all that came before that time
 * is stored. Asks the brokers each second.
 */
public final class KafkaProgress implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaProgress.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long PATIENCE_SECONDS = 10;
  private static final int REMEMBERED = 600;

  private final Map<String, String> properties;
  private final String group;
  private final Set<String> topics;
  private final List<Pattern> patterns;
  private final Clock clock;
  private final Scheduler scheduler = Schedulers.newSingle("logdash-kafka-progress", true);
  private final Deque<Ends> earlier = new ArrayDeque<>();
  private final Disposable running;
  private @Nullable Admin admin;
  private boolean failing;
  private volatile long until;
  private volatile long lag;

  /** Where the partitions ended at a time. */
  private record Ends(long nanos, Map<TopicPartition, Long> offsets) {}

  private KafkaProgress(
      Map<String, String> properties,
      String group,
      List<String> topics,
      List<String> patterns,
      Clock clock) {
    this.properties = Map.copyOf(properties);
    this.group = Objects.requireNonNull(group, "group");
    this.topics = Set.copyOf(topics);
    this.patterns = patterns.stream().map(Pattern::compile).toList();
    this.clock = Objects.requireNonNull(clock, "clock");
    // A round that takes longer than its second leaves those of the meantime out.
    this.running =
        Flux.interval(Duration.ZERO, PERIOD, scheduler)
            .onBackpressureDrop()
            .concatMap(tick -> Mono.fromRunnable(this::round), 1)
            .subscribe();
  }

  /** Starts to watch; the brokers need not be there. The parameters are as for a source. */
  public static KafkaProgress watch(
      Map<String, String> properties,
      String group,
      List<String> topics,
      List<String> patterns,
      Clock clock) {
    return new KafkaProgress(properties, group, topics, patterns, clock);
  }

  /**
   * Up to which time all that came into the topics is stored, in nanoseconds since 1970; 0 as long
   * as that is not known. Never moves back.
   */
  public long untilNanos() {
    return until;
  }

  /** How many records are still to be stored, as last known. */
  public long lag() {
    return lag;
  }

  @Override
  public void close() {
    running.dispose();
    Disposable last = scheduler.schedule(this::closeAdmin);
    Disposable unused =
        scheduler
            .disposeGracefully()
            .timeout(Duration.ofSeconds(2))
            .subscribe(
                done -> {},
                late -> {
                  last.dispose();
                  scheduler.dispose();
                });
  }

  private void closeAdmin() {
    Admin open = admin;
    if (open != null) {
      open.close(Duration.ofMillis(500));
    }
  }

  private void round() {
    try {
      look();
      failing = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      if (!failing) {
        LOG.warn("How far the group {} is cannot be told: {}", group, reason(e));
      }
      failing = true;
    }
  }

  private void look() throws InterruptedException, ExecutionException, TimeoutException {
    Admin client = admin;
    if (client == null) {
      client = Admin.create(ClientProperties.admin(properties));
      admin = client;
    }
    // First the time, then the ends, then what is acknowledged: what comes meanwhile is behind.
    long now = ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
    Map<TopicPartition, Long> ends = offsets(client, partitions(client), OffsetSpec.latest());
    Map<TopicPartition, Long> done = acknowledged(client, ends);
    earlier.addLast(new Ends(now, ends));
    if (earlier.size() > REMEMBERED) {
      thin();
    }
    while (!earlier.isEmpty() && isDone(earlier.peekFirst(), done)) {
      until = Math.max(until, earlier.removeFirst().nanos());
    }
    long left = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      left += Math.max(0, end.getValue() - done.getOrDefault(end.getKey(), 0L));
    }
    lag = left;
  }

  /** Leaves out every second time, so that a long lag is followed in longer steps. */
  private void thin() {
    boolean out = false;
    for (Iterator<Ends> each = earlier.iterator(); each.hasNext(); out = !out) {
      each.next();
      if (out) {
        each.remove();
      }
    }
  }

  private static boolean isDone(Ends ends, Map<TopicPartition, Long> done) {
    // A partition that is gone has nothing left to store.
    return ends.offsets().entrySet().stream()
        .allMatch(end -> done.getOrDefault(end.getKey(), Long.MAX_VALUE) >= end.getValue());
  }

  private Set<TopicPartition> partitions(Admin client)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> there =
        new HashSet<>(client.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    there.removeIf(
        name ->
            !topics.contains(name)
                && patterns.stream().noneMatch(pattern -> pattern.matcher(name).matches()));
    Set<TopicPartition> partitions = new HashSet<>();
    for (TopicDescription topic :
        client
            .describeTopics(there)
            .allTopicNames()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .values()) {
      topic
          .partitions()
          .forEach(each -> partitions.add(new TopicPartition(topic.name(), each.partition())));
    }
    return partitions;
  }

  /** What the group has acknowledged, which is the beginning where it has nothing yet. */
  private Map<TopicPartition, Long> acknowledged(Admin client, Map<TopicPartition, Long> ends)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        client
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata(group)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, Long> done = new HashMap<>();
    Set<TopicPartition> untouched = new HashSet<>();
    for (TopicPartition partition : ends.keySet()) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        untouched.add(partition);
      } else {
        done.put(partition, offset.offset());
      }
    }
    done.putAll(offsets(client, untouched, OffsetSpec.earliest()));
    return done;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin client, Set<TopicPartition> partitions, OffsetSpec which)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    if (partitions.isEmpty()) {
      return offsets;
    }
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> each :
        client.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS).entrySet()) {
      offsets.put(each.getKey(), each.getValue().offset());
    }
    return offsets;
  }

  private static String reason(Exception error) {
    return String.valueOf(KafkaErrors.translate("asking the brokers", error).getMessage());
  }
}
