package dev.logdash.core.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Origin;
import dev.logdash.api.event.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A producer that keeps to one partition and sends again what was not acknowledged, in order,
 * before anything newer.
 */
final class SimProducer {

  private final SimWorld world;
  private final SimBroker broker;
  private final Variant variant;
  private final long id;
  private int partition;
  private final int sources;
  private final long pace;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Origin> accepted = new ArrayList<>();
  private long seq;
  private long lines;
  private long cutOffUntil;
  private boolean isCutOff;

  SimProducer(SimWorld world, SimBroker broker, Variant variant, long id) {
    this.world = world;
    this.broker = broker;
    this.variant = variant;
    this.id = id;
    this.partition = world.random().nextInt(broker.partitions());
    this.sources = 1 + world.random().nextInt(3);
    this.pace = (1 + world.random().nextLong(4)) * BrokerSimulation.SECOND;
  }

  /** How long to wait before it works again. */
  long pause() {
    return world.random().nextLong(pace);
  }

  /** Logs a few lines and sends all that was not acknowledged. */
  void work() {
    int fresh = 1 + world.random().nextInt(12);
    for (int i = 0; i < fresh; i++) {
      log(world.random().nextInt(sources), world.random().nextInt(3) == 0);
    }
    send();
  }

  private void log(int file, boolean continues) {
    lines++;
    String source = "file-" + id + "-" + file;
    String line =
        continues
            ? SimLines.continuation(number(lines))
            : SimLines.header(world.random(), world.now(), number(lines));
    seq += 1 + (world.random().nextInt(50) == 0 ? 1_000 : 0);
    Origin origin = Origin.ofProducer(id, 1, seq);
    accepted.add(origin);
    pending.add(new Pending(origin, world.now(), source, line.getBytes(UTF_8)));
  }

  /** When the oldest record was received that is not at the broker, or now. */
  long oldestNanos() {
    return pending.isEmpty() ? world.now() : pending.get(0).receivedNanos;
  }

  /** The numbers of all its lines. */
  List<Long> numbers() {
    return LongStream.rangeClosed(1, lines).map(this::number).boxed().toList();
  }

  /** Does not reach the broker for a while, from the middle of what it sends next. */
  void cutOff(long nanos) {
    cutOffUntil = world.now() + nanos;
    isCutOff = false;
  }

  /** Is cut off between the two lines of an event. */
  void tear(long nanos) {
    send();
    if (pending.isEmpty()) {
      log(0, false);
      send();
      log(0, true);
      cutOff(nanos);
      isCutOff = true;
    }
  }

  /** Sends what is pending. */
  void send() {
    boolean cutOff = !world.isCalm() && world.now() < cutOffUntil;
    if (pending.isEmpty() || broker.isAway() || (cutOff && isCutOff)) {
      return;
    }
    isCutOff = cutOff;
    // What arrives is a prefix; of what arrived, nothing or all may be acknowledged.
    boolean broken = cutOff || world.once(8);
    int arrived = broken ? world.random().nextInt(pending.size() + 1) : pending.size();
    append(pending.subList(0, arrived));
    if (variant == Variant.SENT_AGAIN_BEHIND_ITS_SUCCESSORS && arrived < pending.size()) {
      List<Pending> successors = pending.subList(arrived + 1, pending.size());
      append(successors);
      successors.clear();
    }
    if (!cutOff && !world.once(6)) {
      pending.subList(0, arrived).clear();
    } else if (variant == Variant.PARTITION_FROM_THE_NEWEST_COUNT) {
      partition = (int) (id % broker.partitions());
    }
  }

  private void append(List<Pending> records) {
    for (Pending record : records) {
      broker.append(partition, record.origin, record.receivedNanos, record.source, record.body);
    }
  }

  private long number(long line) {
    return id * 1_000_000 + line;
  }

  /** What is wrong with the order, or the number, of its records at the broker. */
  List<String> differences() {
    String name = Origin.ofProducer(id, 1, 0).producer();
    Set<Origin> first = new LinkedHashSet<>();
    for (int i = 0; i < broker.partitions(); i++) {
      for (RawRecord record : broker.log(i)) {
        if (record.origin().producer().equals(name)) {
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
