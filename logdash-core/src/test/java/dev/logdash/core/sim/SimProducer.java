package dev.logdash.core.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A producer that keeps to one partition and sends again what was not acknowledged, in order. */
final class SimProducer {

  private final SimWorld world;
  private final SimBroker broker;
  private final Variant variant;
  private final long id;
  private final int partition;
  private final int sources;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Origin> accepted = new ArrayList<>();
  private long seq;
  private long lines;

  SimProducer(SimWorld world, SimBroker broker, Variant variant, long id) {
    this.world = world;
    this.broker = broker;
    this.variant = variant;
    this.id = id;
    this.partition = world.random().nextInt(broker.partitions());
    this.sources = 1 + world.random().nextInt(3);
  }

  /** Logs a few lines and sends all that was not acknowledged. */
  void work() {
    int fresh = 1 + world.random().nextInt(12);
    for (int i = 0; i < fresh; i++) {
      lines++;
      String source = "file-" + id + "-" + world.random().nextInt(sources);
      String line =
          world.random().nextInt(3) == 0
              ? SimLines.continuation(lines)
              : SimLines.header(world.random(), world.now(), id * 1_000_000 + lines);
      seq += 1 + (world.random().nextInt(50) == 0 ? 1_000 : 0);
      Origin origin = Origin.ofProducer(id, 1, seq);
      accepted.add(origin);
      pending.add(new Pending(origin, world.now(), source, line.getBytes(UTF_8)));
    }
    send();
  }

  /** When the oldest record was received that is not at the broker, or now. */
  long oldestNanos() {
    return pending.isEmpty() ? world.now() : pending.get(0).receivedNanos;
  }

  /** Sends what is pending. */
  void send() {
    if (pending.isEmpty() || broker.isAway()) {
      return;
    }
    // What arrives is a prefix; of what arrived, nothing or all may be acknowledged.
    int arrived = world.once(8) ? world.random().nextInt(pending.size() + 1) : pending.size();
    for (Pending record : pending.subList(0, arrived)) {
      broker.append(partition, record.origin, record.receivedNanos, record.source, record.body);
    }
    boolean answered = !world.once(6);
    if (answered) {
      pending.subList(0, arrived).clear();
    }
  }

  /** What is wrong with the order, or the number, of its records at the broker. */
  List<String> differences() {
    Set<Origin> first = new LinkedHashSet<>();
    for (int i = 0; i < broker.partitions(); i++) {
      for (RawRecord record : broker.log(i)) {
        if (record.origin().producer().equals(accepted.get(0).producer())) {
          first.add(record.origin());
        }
      }
    }
    List<Origin> got = List.copyOf(first);
    for (int i = 0; i < accepted.size(); i++) {
      if (i >= got.size() || !got.get(i).equals(accepted.get(i))) {
        return List.of("record " + i + " of producer " + id + " is not at its place");
      }
    }
    return List.of();
  }

  private record Pending(Origin origin, long receivedNanos, String source, byte[] body) {}
}
