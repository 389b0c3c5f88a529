package dev.logdash.kafka;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.event.Origin;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import dev.logdash.kafka.Outgoing.Item;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Writes records to a topic. {@link AckLevel#ACCEPTED} means the memory of this process, from which
 * records go to the broker in order; every level above it is answered when all in-sync replicas
 * have the batch, as {@link AckLevel#BROKERED}.
 *
 * <p>A record that brings an {@linkplain Headers#ORIGIN origin} along keeps it, together with the
 * time under {@link Headers#RECEIVED}; any other is stamped here. All records of one producer go to
 * one partition for the life of the sink, in order. A record may be in the topic twice, after an
 * answer of the broker was lost; it has the same origin then, by which a reader knows it.
 *
 * <p>Opening needs no broker: the first connection is made by the first batch, on a thread of the
 * sink. While the broker is away, batches that nothing was sent of fail; what may have been sent
 * stays and is sent again. Closing takes at most 5 s; what is not at the broker by then is counted
 * as dropped.
 */
public final class KafkaLogSink implements LogSink {

  private static final long RECORD_OVERHEAD = 64;
  private static final long HEADER_OVERHEAD = 8;

  private final KafkaSinkConfig config;
  private final Clock clock;
  private final Delivery delivery;
  private final ProducerLoop loop;
  private final long producerId;
  private final AtomicBoolean closed = new AtomicBoolean();
  private long seq;
  private long lastReceived;

  private KafkaLogSink(KafkaSinkConfig config, Clock clock, RandomGenerator random) {
    this.config = config;
    this.clock = clock;
    this.delivery = new Delivery(config.maxBufferBytes());
    this.loop = new ProducerLoop(config, delivery);
    this.producerId = random.nextLong();
  }

  /**
   * Opens a sink; the broker need not be there.
   *
   * @param random gives the sink its identity
   */
  public static KafkaLogSink open(KafkaSinkConfig config, Clock clock, RandomGenerator random) {
    return new KafkaLogSink(config, clock, random);
  }

  @Override
  public Mono<SinkAck> append(List<Submission> batch, AckLevel atLeast) {
    return Mono.defer(
        () ->
            batch.isEmpty()
                ? reached(atLeast)
                : take(List.copyOf(batch), atLeast != AckLevel.ACCEPTED));
  }

  @Override
  public Mono<Void> check() {
    return Mono.fromRunnable(
        () -> {
          BackendException failure = loop.failure();
          delivery.requireOpen();
          if (failure != null) {
            throw failure;
          }
          delivery.requireRoom();
        });
  }

  public KafkaSinkStatistics statistics() {
    return delivery.statistics();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      delivery.stop();
      loop.close();
      delivery.abandon();
    }
  }

  private Mono<SinkAck> reached(AckLevel level) {
    SinkAck nothing = new SinkAck(level, 0, List.of());
    if (level == AckLevel.ACCEPTED) {
      delivery.requireOpen();
      return Mono.just(nothing);
    }
    SinkAck brokered = new SinkAck(AckLevel.BROKERED, 0, List.of());
    Sinks.Empty<Void> waiter = delivery.barrier();
    return waiter == null
        ? Mono.just(brokered)
        : waiter.asMono().publishOn(Schedulers.boundedElastic()).thenReturn(brokered);
  }

  private Mono<SinkAck> take(List<Submission> records, boolean wait) {
    Sinks.One<SinkAck> waiter = wait ? Sinks.one() : null;
    Outgoing batch = new Outgoing(records.size(), waiter);
    List<Item> items;
    SinkAck accepted;
    // Stamped and queued as one: a sequence must not overtake a smaller one.
    synchronized (this) {
      long before = seq;
      items = stamp(records, batch);
      accepted = waiter == null ? batch.ack(AckLevel.ACCEPTED) : null;
      try {
        delivery.take(items, records.size() - items.size());
      } catch (BackendException e) {
        seq = before;
        throw e;
      }
    }
    if (items.isEmpty()) {
      return Mono.just(batch.ack(wait ? AckLevel.BROKERED : AckLevel.ACCEPTED));
    }
    loop.wake();
    return accepted != null
        ? Mono.just(accepted)
        : Objects.requireNonNull(waiter).asMono().publishOn(Schedulers.boundedElastic());
  }

  private List<Item> stamp(List<Submission> records, Outgoing batch) {
    long now = now();
    List<Item> items = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      Submission record = records.get(i);
      Origin brought = broughtBy(record);
      Origin origin = brought != null ? brought : Origin.ofProducer(producerId, 1, seq);
      long received = brought != null ? KafkaRecords.received(record) : now;
      Map<String, byte[]> headers = KafkaRecords.headers(record, origin, received);
      long bytes = RECORD_OVERHEAD + record.body().length;
      for (Map.Entry<String, byte[]> header : headers.entrySet()) {
        bytes += header.getKey().length() + header.getValue().length + HEADER_OVERHEAD;
      }
      if (bytes > config.maxRecordBytes()) {
        batch.refuse(i, "larger than " + config.maxRecordBytes() + " bytes, the limit of the sink");
        continue;
      }
      if (brought == null) {
        seq++;
      }
      items.add(new Item(batch, i, origin.producer(), record.body(), headers, (int) bytes));
    }
    return items;
  }

  private static @Nullable Origin broughtBy(Submission record) {
    String text = record.headers().get(Headers.ORIGIN);
    return text == null || KafkaRecords.received(record) < 0 ? null : Origin.parse(text);
  }

  private long now() {
    Instant now = clock.instant();
    lastReceived = Math.max(lastReceived, now.getEpochSecond() * 1_000_000_000L + now.getNano());
    return lastReceived;
  }
}
