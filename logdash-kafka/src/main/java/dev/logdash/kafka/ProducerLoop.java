package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import dev.logdash.kafka.Outgoing.Item;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was taken to the broker, on one thread of its own, which may wait for metadata. A
 * producer that failed once is given up at once, before it can send anything behind the gap; the
 * next one starts at the first record that is not acknowledged.
 */
final class ProducerLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ProducerLoop.class);
  private static final long WINDOW_BYTES = ClientProperties.PRODUCER_MEMORY / 4;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long MAX_PAUSE_MILLIS = 30_000;
  private static final long FLUSH_MILLIS = 3_000;
  private static final long END_MILLIS = 1_000;
  private static final int MAX_PRODUCERS = 10_000;

  private final KafkaSinkConfig config;
  private final Delivery delivery;
  private final ScheduledExecutorService executor;
  private final AtomicBoolean awake = new AtomicBoolean();
  private final CountDownLatch emptied = new CountDownLatch(1);
  private final Map<String, Integer> partitions = new Remembered();
  private @Nullable Session session;
  private boolean connecting;
  private boolean topicIsThere;
  private int failures;
  private volatile boolean delivered;
  private volatile boolean closing;
  private volatile @Nullable BackendException failure;

  ProducerLoop(KafkaSinkConfig config, Delivery delivery) {
    this.config = config;
    this.delivery = delivery;
    ScheduledThreadPoolExecutor single =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "logdash-kafka-sink");
              thread.setDaemon(true);
              return thread;
            });
    single.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.executor = single;
  }

  /** One producer, until its first failure. */
  private static final class Session {
    final Producer<byte[], byte[]> producer;
    final int partitions;
    final AtomicBoolean over = new AtomicBoolean();

    Session(Producer<byte[], byte[]> producer, int partitions) {
      this.producer = producer;
      this.partitions = partitions;
    }

    boolean end(Duration within) {
      if (over.compareAndSet(false, true)) {
        producer.close(within);
        return true;
      }
      return false;
    }
  }

  /** Why nothing moves; null while it does. */
  @Nullable BackendException failure() {
    return failure;
  }

  /** There is something to send. */
  void wake() {
    if (awake.compareAndSet(false, true)) {
      run(this::send);
    }
  }

  /** Sends what it can within the time for it, then ends. */
  void close() {
    closing = true;
    wake();
    try {
      if (!emptied.await(delivery.isEmpty() ? 0 : FLUSH_MILLIS, TimeUnit.MILLISECONDS)
          && !delivery.isEmpty()) {
        LOG.warn("Closing while records are not at the broker");
      }
      run(this::endSession);
      executor.shutdown();
      if (!executor.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void endSession() {
    Session running = session;
    if (running != null) {
      running.end(Duration.ofMillis(END_MILLIS / 2));
    }
  }

  private void send() {
    awake.set(false);
    if (connecting) {
      return;
    }
    Session running = session;
    if (running == null) {
      if (!delivery.isEmpty() || failure != null) {
        connect();
      }
      return;
    }
    while (!running.over.get()) {
      Item item = delivery.next(WINDOW_BYTES);
      if (item == null) {
        return;
      }
      send(running, item);
    }
  }

  private void send(Session running, Item item) {
    int partition =
        partitions.computeIfAbsent(
            item.producer, name -> Math.floorMod(name.hashCode(), running.partitions));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            config.topic(), partition, null, null, item.body, KafkaRecords.toKafka(item.headers));
    try {
      Future<?> unused =
          running.producer.send(record, (metadata, error) -> answered(running, item, error));
    } catch (RuntimeException e) {
      broken(running, e);
    }
  }

  /** Runs on the thread of the producer. */
  private void answered(Session from, Item item, @Nullable Exception error) {
    if (error == null) {
      delivered = true;
      delivery.delivered(item);
    } else if (KafkaErrors.isRejection(error)) {
      LOG.warn("The broker refused a record: {}", error.getMessage());
      delivery.refused(item, String.valueOf(error.getMessage()));
    } else {
      broken(from, error);
      return;
    }
    if (closing && delivery.isEmpty()) {
      emptied.countDown();
    }
    wake();
  }

  private void broken(Session from, Exception error) {
    // Here and now, on whichever thread: the records behind this one must not be sent before it.
    if (from.end(Duration.ZERO)) {
      run(() -> failed(error));
    }
  }

  private void connect() {
    connecting = true;
    if (topicIsThere) {
      open();
      return;
    }
    try {
      TopicMaker.make(config)
          .whenComplete(
              (nothing, error) ->
                  run(
                      () -> {
                        if (error != null) {
                          failed(error);
                        } else {
                          topicIsThere = true;
                          open();
                        }
                      }));
    } catch (RuntimeException | LinkageError e) {
      failed(e);
    }
  }

  private void open() {
    Producer<byte[], byte[]> producer = null;
    try {
      producer = new KafkaProducer<>(ClientProperties.producer(config));
      int count = producer.partitionsFor(config.topic()).size();
      session = new Session(producer, count);
      connecting = false;
      if (failure != null) {
        LOG.info("The broker is back");
        failure = null;
      }
      send();
    } catch (RuntimeException | LinkageError e) {
      if (producer != null) {
        producer.close(Duration.ZERO);
      }
      topicIsThere = false;
      failed(e);
    }
  }

  private void failed(Throwable error) {
    BackendException reason = KafkaErrors.translate("topic " + config.topic(), error);
    session = null;
    connecting = true;
    BackendException before = failure;
    failure = reason;
    if (delivered) {
      delivered = false;
      failures = 0;
    }
    long millis = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 20));
    failures++;
    if (before == null || !String.valueOf(before.getMessage()).equals(reason.getMessage())) {
      LOG.warn(
          "Sending waits; tries again in {} ms, then less often: {}", millis, reason.getMessage());
    }
    delivery.failed(reason);
    try {
      Future<?> unused =
          executor.schedule(
              () -> {
                connecting = false;
                send();
              },
              millis,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile.
    }
  }

  private void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: what is left is counted there.
    }
  }

  // The partition of a producer holds while the sink lives, even if the topic gets more.
  private static final class Remembered extends LinkedHashMap<String, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
      return size() > MAX_PRODUCERS;
    }
  }
}
