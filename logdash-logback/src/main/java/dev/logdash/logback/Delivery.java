package dev.logdash.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.logdash.api.error.BackendException;
import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.LogSink;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.Submission;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from the ring to the sink, on a thread of its own that looks for them: nobody wakes
 * it, because waking a thread costs a caller a hundred times what queueing costs. What the sink
 * cannot take now is offered again; meanwhile the ring fills, and what it has no room for is
 * counted under the reason that {@link #reasonOfFull} gives.
 */
final class Delivery implements Runnable {

  private static final long SHORTEST_PARK = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PARK = TimeUnit.MILLISECONDS.toNanos(32);
  private static final long FIRST_RETRY = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LAST_RETRY = TimeUnit.SECONDS.toNanos(1);
  private static final long FALLBACK_AFTER = TimeUnit.SECONDS.toNanos(5);
  private static final long WATCH_EVERY = TimeUnit.SECONDS.toNanos(1);

  private static final Map<String, String> HEADERS = Map.of(Headers.FORMAT, "json");

  private final EventRing ring;
  private final Counts counts;
  private final DeliverySettings settings;
  private final EventEncoder encoder = new EventEncoder();
  private final Batch batch = new Batch();
  private final DropReport report;

  private volatile @Nullable LogSink sink;
  private volatile String service;
  private volatile DropReason reasonOfFull = DropReason.NO_SINK;
  private volatile @Nullable Consumer<ILoggingEvent> fallback;
  private volatile boolean stopping;
  private volatile long deadline;
  private volatile boolean ended;
  // How many events of the ring have found their end.
  private volatile long settled;

  // How much of a batch is offered at once: less while the sink is nearly full.
  private int portion = Batch.MAX_EVENTS;
  private long park = SHORTEST_PARK;
  private long retry = FIRST_RETRY;
  private long failingSince;
  private boolean failing;
  private long nextWatch;

  Delivery(EventRing ring, Counts counts, DeliverySettings settings, String service) {
    this.ring = ring;
    this.counts = counts;
    this.settings = settings;
    this.service = service;
    long now = settings.nanos().getAsLong();
    report = new DropReport(counts, now);
    nextWatch = now + WATCH_EVERY;
  }

  /** Null leaves events in the ring until there is a sink. */
  void sink(@Nullable LogSink value) {
    sink = value;
    reasonOfFull = value == null ? DropReason.NO_SINK : DropReason.QUEUE_FULL;
  }

  void service(String value) {
    service = value;
  }

  void fallback(@Nullable Consumer<ILoggingEvent> value) {
    fallback = value;
  }

  DropReason reasonOfFull() {
    return reasonOfFull;
  }

  /** How many events of the ring were delivered, diverted or counted as dropped. */
  long settled() {
    return settled;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Delivers what is there, at most until a time of the nano clock, and counts the rest. */
  void stopBy(long nanos) {
    deadline = nanos;
    stopping = true;
  }

  @Override
  public void run() {
    try {
      while (!(stopping && batch.isEmpty() && ring.size() == 0 && !mayReport())) {
        try {
          step();
        } catch (Throwable e) {
          settings.status().warn("An event could not be delivered", e);
          drop(DropReason.FAILED, batch.size());
        }
      }
    } finally {
      ended = true;
    }
  }

  private void step() {
    long now = settings.nanos().getAsLong();
    if (now - nextWatch >= 0) {
      nextWatch = now + WATCH_EVERY;
      watch();
    }
    LogSink target = sink;
    if (stopping && (target == null || now - deadline >= 0)) {
      discard(target == null ? DropReason.NO_SINK : DropReason.CLOSED);
      return;
    }
    if (target == null) {
      rest(LONGEST_PARK);
      return;
    }
    if (batch.isEmpty()) {
      fill();
      addReport(now);
    }
    if (batch.isEmpty()) {
      rest(park);
      park = Math.min(2 * park, LONGEST_PARK);
      return;
    }
    park = SHORTEST_PARK;
    send(target);
  }

  private void watch() {
    try {
      settings.watch().run();
    } catch (RuntimeException e) {
      settings.status().warn("The appender could not look after its place", e);
    }
  }

  private void fill() {
    while (!batch.isFull()) {
      QueuedEvent event = ring.poll();
      if (event == null) {
        return;
      }
      byte[] body;
      try {
        body = encoder.encode(event, service);
      } catch (Throwable e) {
        counts.dropped(DropReason.FAILED, event.event().getLevel());
        settings.status().warn("An event could not be encoded", e);
        continue;
      }
      batch.add(event, submission(body));
    }
  }

  private Submission submission(byte[] body) {
    return Submission.of(body, settings.source())
        .withDataset(settings.dataset())
        .withHeaders(HEADERS);
  }

  private void send(LogSink target) {
    int offered = Math.min(portion, batch.size());
    Attempt attempt = Attempt.of(target, batch.first(offered));
    SinkAck ack = attempt.ack();
    if (ack != null) {
      accepted(ack, offered);
    } else {
      failed(target, attempt.failure(), offered);
    }
  }

  private void accepted(SinkAck ack, int offered) {
    failing = false;
    retry = FIRST_RETRY;
    portion = Math.min(2 * portion, Batch.MAX_EVENTS);
    if (sink != null) {
      reasonOfFull = DropReason.QUEUE_FULL;
    }
    List<QueuedEvent> events = batch.events();
    int rejected = 0;
    boolean reported = true;
    for (SinkAck.Rejected refusal : ack.rejected()) {
      if (refusal.index() < events.size()) {
        rejected++;
        lose(events.get(refusal.index()), DropReason.REJECTED);
        settings.status().warn("The sink refused an event: " + refusal.reason(), null);
      } else {
        reported = false;
      }
    }
    counts.sent(Math.min(offered, events.size()) - rejected);
    if (events.size() < offered) {
      report.settle(reported);
    }
    settle(offered);
  }

  private void failed(LogSink target, @Nullable Throwable failure, int offered) {
    settings.status().warn("The sink does not take events: " + failure, failure);
    boolean mayHelp =
        failure instanceof BackendException && !(failure instanceof BackendException.Rejected);
    if (!mayHelp) {
      boolean refused = failure instanceof BackendException.Rejected;
      drop(refused ? DropReason.REJECTED : DropReason.FAILED, offered);
      return;
    }
    if (target == sink) {
      reasonOfFull =
          failure instanceof BackendException.Overloaded
              ? DropReason.SINK_FULL
              : DropReason.SINK_DOWN;
    }
    long now = settings.nanos().getAsLong();
    if (!failing) {
      failing = true;
      failingSince = now;
    }
    if (failure instanceof BackendException.Overloaded && offered > 1) {
      portion = offered / 2;
      return;
    }
    if (fallback != null && now - failingSince >= FALLBACK_AFTER) {
      drop(reasonOfFull, batch.size());
      return;
    }
    rest(retry);
    retry = Math.min(2 * retry, LAST_RETRY);
  }

  /** Gives the first events up; the fallback gets them if there is one. */
  private void drop(DropReason reason, int count) {
    List<QueuedEvent> events = batch.events();
    for (QueuedEvent event : events.subList(0, Math.min(count, events.size()))) {
      lose(event, reason);
    }
    if (events.size() < count) {
      report.settle(false);
    }
    settle(count);
  }

  private void lose(QueuedEvent event, DropReason reason) {
    Consumer<ILoggingEvent> other = fallback;
    if (other != null) {
      try {
        other.accept(event.event());
        counts.fallback();
        return;
      } catch (RuntimeException | StackOverflowError e) {
        settings.status().warn("The fallback appender failed", e);
      }
    }
    counts.dropped(reason, event.event().getLevel());
  }

  private void settle(int offered) {
    batch.removeFirst(offered);
    settled = ring.taken() - batch.events().size();
  }

  // Past its time nothing else runs that may take long, the fallback least of all.
  private void discard(DropReason reason) {
    for (QueuedEvent event : batch.events()) {
      counts.dropped(reason, event.event().getLevel());
    }
    settle(batch.size());
    for (QueuedEvent event = ring.poll(); event != null; event = ring.poll()) {
      counts.dropped(reason, event.event().getLevel());
    }
    settle(0);
    if (ring.size() > 0) {
      // A caller is between admission and its slot.
      Thread.onSpinWait();
    }
  }

  private void addReport(long now) {
    boolean room = ring.size() <= settings.room();
    if (room && report.isDue(now, stopping)) {
      batch.add(submission(report.encode(encoder, now, service)));
    }
  }

  private boolean mayReport() {
    long now = settings.nanos().getAsLong();
    return sink != null && now - deadline < 0 && !failing && report.isDue(now, true);
  }

  private void rest(long nanos) {
    long wait = stopping ? Math.min(nanos, SHORTEST_PARK) : nanos;
    LockSupport.parkNanos(this, wait);
  }
}
