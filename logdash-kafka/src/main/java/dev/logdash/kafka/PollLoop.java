package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.RawRecord;
import dev.logdash.kafka.Places.Place;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
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
  private static final long GRACE_MILLIS = 3_000;
  private static final Duration COMMIT = Duration.ofSeconds(1);
  private static final long RESOLVE_AGAIN_MILLIS = 1_000;

  private final KafkaSourceConfig config;
  private final java.util.function.Consumer<List<KafkaAssignment>> assigned;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final Map<TopicPartition, KafkaAssignment> owned = new HashMap<>();
  private final Set<TopicPartition> unresolved = new HashSet<>();
  private final LongAdder records = new LongAdder();
  private final LongAdder foreign = new LongAdder();
  private final LongAdder resets = new LongAdder();
  private final LongAdder rebalances = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile @Nullable Places places;
  private volatile @Nullable BackendException failure;
  private volatile boolean closed;
  private volatile long lag;
  private volatile boolean ended;
  private volatile boolean polling;
  private int failuresInARow;
  private long resolveAt;
  private boolean resolving;

  PollLoop(KafkaSourceConfig config, java.util.function.Consumer<List<KafkaAssignment>> assigned) {
    this.config = config;
    this.assigned = assigned;
  }

  void run() {
    while (!closed) {
      try {
        open();
        runTasks();
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
    ended = true;
    runTasks();
  }

  void close() {
    closed = true;
    wakeup();
  }

  KafkaSourceStatistics statistics() {
    return new KafkaSourceStatistics(
        records.sum(), foreign.sum(), resets.sum(), rebalances.sum(), failed.sum(), lag);
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
    if (ended) {
      runTasks();
    }
    wakeup();
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
    // While a partition is being taken away it is still ours; once it is, nothing may be committed.
    if (running == null || owned.get(assignment.partition()) != assignment) {
      done.success();
      return;
    }
    if (nextOffset <= assignment.committed) {
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
    rebalances.increment();
    // A place to stand until the reader says where it wants to begin.
    running.pause(partitions);
    partitions.forEach(partition -> running.seek(partition, 0));
    unresolved.addAll(partitions);
    resolveAt = System.nanoTime();
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    takeAway(partitions, true);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    takeAway(partitions, false);
  }

  private void takeAway(Collection<TopicPartition> partitions, boolean mayCommit) {
    if (partitions.isEmpty()) {
      return;
    }
    rebalances.increment();
    // Tasks run from here on, so nobody need wake the consumer, whose commit that would end.
    polling = false;
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

  /** Their readers have ended and may be about to say how far they came. */
  private void awaitLastAcknowledgements(List<KafkaAssignment> leaving) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    try {
      while (leaving.stream().anyMatch(KafkaAssignment::isUnsettled)) {
        Runnable task = tasks.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (task == null) {
          return;
        }
        task.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private void poll() {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null) {
      return;
    }
    ConsumerRecords<byte[], byte[]> polled;
    polling = true;
    try {
      polled = tasks.isEmpty() ? running.poll(POLL) : running.poll(Duration.ZERO);
    } finally {
      polling = false;
    }
    failure = null;
    failuresInARow = 0;
    long behind = 0;
    for (KafkaAssignment assignment : List.copyOf(owned.values())) {
      PartitionReader reader = assignment.reader;
      if (reader == null || reader.isEnded()) {
        continue;
      }
      hand(running, assignment, reader, polled.records(assignment.partition()));
      behind += running.currentLag(assignment.partition()).orElse(0);
    }
    lag = behind;
  }

  private void hand(
      Consumer<byte[], byte[]> running,
      KafkaAssignment assignment,
      PartitionReader reader,
      List<ConsumerRecord<byte[], byte[]>> found) {
    TopicPartition partition = assignment.partition();
    if (!found.isEmpty()) {
      List<RawRecord> batch = new ArrayList<>(found.size());
      String place = partition.topic() + '-' + partition.partition();
      for (ConsumerRecord<byte[], byte[]> each : found) {
        RawRecord record = KafkaRecords.read(each, place);
        batch.add(record);
        if (record.origin().isForeign()) {
          foreign.increment();
        }
      }
      records.add(batch.size());
      long next = behind(running, partition, batch.get(batch.size() - 1).offset() + 1);
      assignment.handedOut = Math.max(assignment.handedOut, next);
      reader.emit(batch, next);
      if (!reader.wantsMore()) {
        running.pause(Set.of(partition));
      }
    } else if (reader.wantsMore() && running.currentLag(partition).orElse(-1) == 0) {
      reader.idle(behind(running, partition, assignment.handedOut));
      if (!reader.wantsMore()) {
        running.pause(Set.of(partition));
      }
    }
  }

  /**
   * The next offset, behind what is no record too: marks of transactions, and what was compacted.
   */
  private static long behind(
      Consumer<byte[], byte[]> running, TopicPartition partition, long otherwise) {
    try {
      return running.position(partition, Duration.ZERO);
    } catch (TimeoutException | WakeupException e) {
      // Being made sure of with a new leader; what was polled must be handed out all the same.
      return otherwise;
    }
  }

  private void reset(Set<TopicPartition> partitions) {
    Consumer<byte[], byte[]> running = consumer;
    if (running == null) {
      return;
    }
    for (TopicPartition partition : partitions) {
      KafkaAssignment assignment = owned.get(partition);
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
    if (unresolved.isEmpty() || resolving || cluster == null || System.nanoTime() < resolveAt) {
      return;
    }
    resolving = true;
    Set<TopicPartition> asked = Set.copyOf(unresolved);
    cluster
        .find(asked)
        .whenComplete((found, error) -> execute(() -> resolved(asked, found, error)));
  }

  private void resolved(
      Set<TopicPartition> asked,
      @Nullable Map<TopicPartition, Place> found,
      @Nullable Throwable error) {
    resolving = false;
    if (found == null || error != null) {
      BackendException reason =
          KafkaErrors.translate(
              "the partitions cannot be told",
              error != null ? error : new IOException("no answer"));
      failure = reason;
      LOG.warn("Reading waits: {}", reason.getMessage());
      resolveAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RESOLVE_AGAIN_MILLIS);
      return;
    }
    List<KafkaAssignment> news = new ArrayList<>();
    for (TopicPartition partition : asked) {
      Place place = found.get(partition);
      if (place != null && unresolved.remove(partition)) {
        KafkaAssignment assignment =
            new KafkaAssignment(place.id(), partition, place.committed(), this);
        owned.put(partition, assignment);
        news.add(assignment);
      }
    }
    assigned.accept(news);
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
    takeAway(Set.copyOf(owned.keySet()), false);
    unresolved.clear();
    closeConsumer();
    long pause = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failuresInARow++, 20));
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
    try {
      while (!closed && System.nanoTime() < end) {
        Runnable task = tasks.poll(Math.min(50, pause), TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        }
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void shut() {
    List<KafkaAssignment> leaving = List.copyOf(owned.values());
    leaving.forEach(assignment -> assignment.end(true));
    awaitLastAcknowledgements(leaving);
    runTasks();
    owned.clear();
    closeConsumer();
    runTasks();
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

  private void wakeup() {
    Consumer<byte[], byte[]> running = consumer;
    if (running != null && polling) {
      running.wakeup();
    }
  }
}
