package dev.logdash.core.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Origin;
import java.util.ArrayList;
import java.util.List;

/** A producer that keeps to one partition and sends again what was not acknowledged, in order. */
final class SimProducer {

  private final SimWorld world;
  private final SimBroker broker;
  private final long id;
  private final int partition;
  private final int sources;
  private final List<Pending> pending = new ArrayList<>();
  private long seq;
  private long lines;

  SimProducer(SimWorld world, SimBroker broker, long id, int partition) {
    this.world = world;
    this.broker = broker;
    this.id = id;
    this.partition = partition;
    this.sources = 1 + world.random().nextInt(3);
  }

  long lines() {
    return lines;
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
      pending.add(
          new Pending(Origin.ofProducer(id, 1, seq), world.now(), source, line.getBytes(UTF_8)));
    }
    send();
  }

  /** Sends what is pending; true if nothing is left. */
  boolean send() {
    if (pending.isEmpty()) {
      return true;
    }
    boolean old = world.now() - pending.get(0).receivedNanos > SimBroker.MAX_RESEND_NANOS / 2;
    // What arrives is a prefix; of what arrived, nothing or all may be acknowledged.
    int arrived =
        world.once(8) && !old ? world.random().nextInt(pending.size() + 1) : pending.size();
    for (Pending record : pending.subList(0, arrived)) {
      broker.append(partition, record.origin, record.receivedNanos, record.source, record.body);
    }
    boolean answered = old || !world.once(6);
    if (answered) {
      pending.subList(0, arrived).clear();
    }
    return pending.isEmpty();
  }

  private record Pending(Origin origin, long receivedNanos, String source, byte[] body) {}
}
