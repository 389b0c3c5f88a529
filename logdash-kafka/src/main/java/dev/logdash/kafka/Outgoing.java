package dev.logdash.kafka;

import dev.logdash.api.ingest.AckLevel;
import dev.logdash.api.ingest.SinkAck;
import dev.logdash.api.ingest.SinkAck.Rejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;

/** A batch on its way to the broker. Guarded by the lock of the {@link Delivery}. */
final class Outgoing {

  private final List<Rejected> rejected = new ArrayList<>(0);
  private final Sinks.@Nullable One<SinkAck> waiter;
  private final int size;
  private int open;
  private boolean answered;
  private boolean offered;

  Outgoing(int size, Sinks.@Nullable One<SinkAck> waiter) {
    this.size = size;
    this.open = size;
    this.waiter = waiter;
    this.answered = waiter == null;
  }

  /** One record of it. */
  static final class Item {
    final Outgoing batch;
    final int index;
    final String producer;
    final byte[] body;
    final Map<String, byte[]> headers;
    final int bytes;
    long number;
    boolean done;
    boolean flying;

    Item(
        Outgoing batch,
        int index,
        String producer,
        byte[] body,
        Map<String, byte[]> headers,
        int bytes) {
      this.batch = batch;
      this.index = index;
      this.producer = producer;
      this.body = body;
      this.headers = headers;
      this.bytes = bytes;
    }
  }

  /** From now on the broker may have some of it. */
  void offer() {
    offered = true;
  }

  /** Whether a failure can still be told as nothing taken. */
  boolean canBeWithdrawn() {
    return !offered && !answered;
  }

  boolean isAnswered() {
    return answered;
  }

  void reject(int index, String reason) {
    rejected.add(new Rejected(index, reason));
  }

  /** Refuses a record before it is queued. */
  void refuse(int index, String reason) {
    reject(index, reason);
    open--;
  }

  /** Counts a record off; true when it was the last. */
  boolean settle() {
    open--;
    return open == 0;
  }

  SinkAck ack(AckLevel level) {
    rejected.sort(Comparator.comparingInt(Rejected::index));
    return new SinkAck(level, size - rejected.size(), rejected);
  }

  /** Answers once; to be run without the lock, since the subscriber goes on in it. */
  Runnable answer(AckLevel level) {
    Sinks.One<SinkAck> one = waiter;
    if (answered || one == null) {
      return () -> {};
    }
    answered = true;
    SinkAck ack = ack(level);
    return () -> one.tryEmitValue(ack);
  }

  Runnable fail(Throwable error) {
    Sinks.One<SinkAck> one = waiter;
    if (answered || one == null) {
      return () -> {};
    }
    answered = true;
    return () -> one.tryEmitError(error);
  }
}
