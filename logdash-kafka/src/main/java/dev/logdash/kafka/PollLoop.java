package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The one thread that touches the consumer. Others hand it small tasks; it polls between them, also
 * while every partition is paused, so that the group sees it alive however slow the work is.
 */
final class PollLoop implements KafkaAssignment.Owner, ConsumerRebalanceListener {

  private static final Logger LOG = LoggerFactory.getLogger(PollLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long MAX_PAUSE_MILLIS = 30_000;
  private static final Duration COMMIT = Duration.ofSeconds(1);

  private final KafkaSourceConfig config;
  private final PollTasks tasks = new PollTasks();
  private final OwnedPartitions owned;
  private final Handing handing = new Handing();
  private final LongAdder resets = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile @Nullable Places places;
  private volatile @Nullable BackendException failure;
  private volatile boolean closed;
  private int failuresInARow;

  PollLoop(KafkaSourceConfig config, java.util.function.Consumer<List<KafkaAssignment>> assigned) {
    this.config = config;
    this.owned = new OwnedPartitions(tasks, this, assigned);
  }

  void run() {
    while (!closed) {
      try {
        open();
        tasks.run();
        resolve();
        poll();
      } catch (WakeupException e) {
        // There is a task.
      } catch (InvalidOffsetException e) {
        reset(e.partitions());
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        // Such as a codec of a topic that cannot be loaded: told, and tried again like all else.
        if (!closed) {
          giveUp(e);
        }
      }
    }
    shut();
    // From here on tasks find no consumer, on whichever thread.
    tasks.end();
  }

  void close() {
    closed = true;
    tasks.wake();
  }

  KafkaSourceStatistics statistics() {
    return new KafkaSourceStatistics(
        handing.records(),
        handing.foreign(),
        resets.sum(),
        owned.rebalances(),
        failed.sum(),
        handing.lag());
  }

  Mono<Void> check() {
    return Mono.defer(
        () -> {
          BackendException reason = failure;
          Places cluster = places;
          if (reason != null) {
            return Mono.error(reason);
          }
          return cluster == null ? Mono.empty() : cluster.check();
        });
  }

  @Override
  public void execute(Runnable onPollThread) {
    tasks.add(onPollThread);
  }

  @Override
  public void start(KafkaAssignment assignment, PartitionReader reader) {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null || assignment.isGone()) {
      reader.complete();
      return;
    }
    assignment.reader = reader;
    long from = Math.max(reader.from, assignment.committed);
    assignment.handedOut = Math.max(assignment.committed, 0);
    running.seek(assignment.partition(), from);
    demandChanged(assignment);
  }

  @Override
  public void demandChanged(KafkaAssignment assignment) {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null || assignment.isGone()) {
      return;
    }
    PartitionReader reader = assignment.reader;
    if (reader != null && reader.isEnded()) {
      assignment.reader = null;
      reader = null;
    }
    Set<TopicPartition> one = Set.of(assignment.partition());
    if (reader != null && reader.wantsMore()) {
      running.resume(one);
    } else {
      running.pause(one);
    }
  }

  @Override
  public void commit(KafkaAssignment assignment, long nextOffset, MonoSink<Void> done) {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null || !owned.has(assignment) || nextOffset <= assignment.committed) {
      done.success();
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> offset =
        Map.of(
            assignment.partition(),
            new OffsetAndMetadata(nextOffset, assignment.id().incarnation()));
    if (assignment.isGone()) {
      // No poll will come that could bring the answer.
      try {
        running.commitSync(offset, COMMIT);
        committed(assignment, nextOffset, done, null);
      } catch (RuntimeException e) {
        committed(assignment, nextOffset, done, e);
      }
      return;
    }
    running.commitAsync(offset, (offsets, error) -> committed(assignment, nextOffset, done, error));
  }

  @Override
  public Mono<Long> end(TopicPartition partition) {
    return Mono.defer(
        () -> {
          Places cluster = places;
          return cluster == null
              ? Mono.error(new BackendException.Unavailable("The source is closed", null))
              : cluster.end(partition);
        });
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null || partitions.isEmpty()) {
      return;
    }
    // A place to stand until the reader says where it wants to begin.
    running.pause(partitions);
    partitions.forEach(partition -> running.seek(partition, 0));
    owned.give(partitions);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    owned.takeAway(partitions, true);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    owned.takeAway(partitions, false);
  }

  private void open() {
    if (consumer != null) {
      return;
    }
    Places cluster = places;
    if (cluster == null) {
      places = new Places(config);
    }
    Consumer<byte[], byte[]> opened = new KafkaConsumer<>(ClientProperties.consumer(config));
    consumer = opened;
    if (config.patterns().isEmpty()) {
      opened.subscribe(config.topics(), this);
    } else {
      opened.subscribe(config.allTopics(), this);
    }
  }

  private void poll() {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null) {
      return;
    }
    ConsumerRecords<byte[], byte[]> polled = tasks.poll(running, POLL);
    failure = null;
    failuresInARow = 0;
    handing.handOut(running, owned.all(), polled);
  }

  private void reset(Set<TopicPartition> partitions) {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null) {
      return;
    }
    for (TopicPartition partition : partitions) {
      KafkaAssignment assignment = owned.of(partition);
      if (assignment == null || assignment.reader == null) {
        continue;
      }
      if (Math.max(assignment.reader.from, assignment.committed) > 0) {
        resets.increment();
        LOG.warn("{} does not have the wanted offset any more; reads from its earliest", partition);
      }
    }
    running.seekToBeginning(partitions);
  }

  private void resolve() {
    Places cluster = places;
    if (cluster != null) {
      owned.resolve(cluster, reason -> failure = reason);
    }
  }

  private void committed(
      KafkaAssignment assignment, long nextOffset, MonoSink<Void> done, @Nullable Exception error) {
    if (error != null) {
      done.error(KafkaErrors.translate("the commit of " + assignment.partition(), error));
      return;
    }
    assignment.committed = Math.max(assignment.committed, nextOffset);
    done.success();
  }

  private void giveUp(Throwable error) {
    failed.increment();
    BackendException reason = KafkaErrors.translate("reading " + config.group(), error);
    LOG.warn("Reading waits; tries again: {}", reason.getMessage());
    failure = reason;
    owned.lose();
    closeConsumer();
    long pause = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failuresInARow++, 20));
    try {
      tasks.runWhile(() -> !closed, pause);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void shut() {
    owned.leave();
    closeConsumer();
    tasks.run();
    Places cluster = places;
    places = null;
    if (cluster != null) {
      cluster.close();
    }
  }

  private void closeConsumer() {
    Consumer<byte[], byte[]> running = consumer;
    consumer = null;
    if (running != null) {
      try {
        running.close(CloseOptions.timeout(COMMIT));
      } catch (RuntimeException e) {
        LOG.debug("The consumer did not close well", e);
      }
    }
  }
}
