package dev.logdash.core.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Producers that send again, a broker that is away at times and grows, processors that die, freeze,
 * join, leave and lose partitions, stores that fail, each by itself. After the faults end,
 * everything must be stored once and counted once, within a minute, and each producer's records
 * must be at the broker in their order.
 *
 * <p>In half of the runs the broker knows what is still to come, so that it is known which lines
 * stand together. In the others it guesses, as one must of producers that it does not see: an event
 * may then be in two parts, but each line is there once and the cells equal a recount.
 */
final class BrokerSimulation {

  static final long SECOND = 1_000_000_000L;
  private static final long MIDNIGHT = 1_795_478_400L * SECOND;

  private final SimWorld world;
  private final SimBroker broker;
  private final SimStores stores;
  private final SimMembers members;
  private final List<SimProducer> producers = new ArrayList<>();
  private final boolean guessing;

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
    this.guessing = world.random().nextBoolean();
    if (!guessing) {
      broker.boundBy(
          () -> producers.stream().mapToLong(SimProducer::oldestNanos).min().orElse(0) - 1);
    }
  }

  /** Runs a seed and says what was wrong at the end. */
  static List<String> run(long seed, Variant variant) {
    return new BrokerSimulation(seed, variant).run();
  }

  private List<String> run() {
    long end = world.now() + (5 + world.random().nextLong(25)) * SECOND;
    for (SimProducer producer : producers) {
      // Some partitions have no news while they are disturbed.
      boolean early = world.random().nextBoolean();
      produce(producer, early ? world.now() + world.random().nextLong(end - world.now()) : end);
    }
    new Disturbances(world, broker, producers, stores, members).until(end);
    while (world.step(end)) {
      // Each step is one task.
    }
    world.becomeCalm();
    settle();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < broker.partitions(); i++) {
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
    producers.forEach(producer -> differences.addAll(producer.differences()));
    if (guessing) {
      compareLines(differences);
    } else {
      Expectation expectation = new Expectation();
      for (int i = 0; i < broker.partitions(); i++) {
        expectation.add(broker.log(i));
      }
      differences.addAll(expectation.differences(stores));
    }
    return differences;
  }

  private void compareLines(List<String> differences) {
    List<Long> numbers = new ArrayList<>();
    producers.forEach(producer -> numbers.addAll(producer.numbers()));
    new LineCount(stores).compare(numbers, number -> "line " + number, differences);
    Expectation recount = new Expectation();
    stores.events().values().forEach(recount::count);
    differences.addAll(recount.cellDifferences(stores));
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
        producer.pause(),
        null,
        () -> {
          if (world.now() < end) {
            producer.work();
            produce(producer, end);
          }
        });
  }
}
