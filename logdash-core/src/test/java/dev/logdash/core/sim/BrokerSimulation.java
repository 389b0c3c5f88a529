package dev.logdash.core.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Producers that send again, a broker that is away at times and grows, processors that die, freeze,
 * join, leave and lose partitions, stores that fail, each by itself. After the faults end,
 * everything must be stored once and counted once, within a minute.
 */
final class BrokerSimulation {

  static final long SECOND = 1_000_000_000L;
  private static final long MIDNIGHT = 1_795_478_400L * SECOND;

  private final SimWorld world;
  private final SimBroker broker;
  private final SimStores stores;
  private final SimMembers members;
  private final List<SimProducer> producers = new ArrayList<>();

  private BrokerSimulation(long seed, Variant variant) {
    this.world = new SimWorld(seed);
    // Some runs pass midnight, where the day index changes.
    world.step(MIDNIGHT - world.random().nextLong(60) * SECOND);
    this.broker = new SimBroker(world, 1 + world.random().nextInt(3));
    this.stores = new SimStores(world);
    this.members = new SimMembers(world, broker, stores, variant);
    int producerCount = 1 + world.random().nextInt(4);
    for (int i = 0; i < producerCount; i++) {
      producers.add(new SimProducer(world, broker, variant, 0x1000L + i));
    }
    broker.boundedBy(
        () -> producers.stream().mapToLong(SimProducer::oldestNanos).min().orElse(0) - 1);
  }

  /** Runs a seed and says what was wrong at the end. */
  static List<String> run(long seed, Variant variant) {
    return new BrokerSimulation(seed, variant).run();
  }

  private List<String> run() {
    long end = world.now() + (5 + world.random().nextLong(25)) * SECOND;
    for (SimProducer producer : producers) {
      produce(producer, end);
    }
    new Disturbances(world, broker, stores, members).until(end);
    while (world.step(end)) {
      // Each step is one task.
    }
    world.becomeCalm();
    settle();
    List<String> differences = new ArrayList<>();
    Expectation expectation = new Expectation();
    for (int i = 0; i < broker.partitions(); i++) {
      expectation.add(broker.log(i));
      if (broker.acknowledged(i) != broker.log(i).size()) {
        differences.add(
            "partition "
                + i
                + " stands at "
                + broker.acknowledged(i)
                + " of "
                + broker.log(i).size());
      }
    }
    differences.addAll(expectation.differences(stores));
    producers.forEach(producer -> differences.addAll(producer.differences()));
    return differences;
  }

  /** Waits until everything is acknowledged, a minute at most. */
  private void settle() {
    producers.forEach(SimProducer::send);
    long limit = world.now() + 60 * SECOND;
    while (world.now() < limit && world.step(limit)) {
      if (broker.isDone()) {
        return;
      }
    }
  }

  private void produce(SimProducer producer, long end) {
    world.after(
        world.random().nextLong(SECOND),
        null,
        () -> {
          if (world.now() < end) {
            producer.work();
            produce(producer, end);
          }
        });
  }
}
