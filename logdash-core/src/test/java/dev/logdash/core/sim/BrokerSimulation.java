package dev.logdash.core.sim;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.RawRecord;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.core.pipeline.DeadLetters;
import dev.logdash.core.pipeline.LogDataProcessor;
import dev.logdash.core.pipeline.PipelineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Producers that send again, a broker, processors that die, freeze and lose partitions, stores that
 * fail. After the faults end, everything must be stored once and counted once.
 */
final class BrokerSimulation {

  private static final long SECOND = 1_000_000_000L;
  private static final long MIDNIGHT = 1_795_478_400L * SECOND;

  private final SimWorld world;
  private final Variant variant;
  private final SimBroker broker;
  private final SimStores stores;
  private final List<SimProducer> producers = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();

  private BrokerSimulation(long seed, Variant variant) {
    this.variant = variant;
    this.world = new SimWorld(seed);
    // Some runs pass midnight, where the day index changes.
    world.step(MIDNIGHT - world.random().nextLong(60) * SECOND);
    this.broker = new SimBroker(world, 1 + world.random().nextInt(3));
    this.stores = new SimStores(world);
    int producerCount = 1 + world.random().nextInt(4);
    for (int i = 0; i < producerCount; i++) {
      int partition = world.random().nextInt(broker.partitions());
      producers.add(new SimProducer(world, broker, 0x1000L + i, partition));
    }
  }

  /** Runs a seed and says what was wrong at the end. */
  static List<String> run(long seed, Variant variant) {
    return new BrokerSimulation(seed, variant).run();
  }

  private List<String> run() {
    int memberCount = 1 + world.random().nextInt(3);
    for (int i = 0; i < memberCount; i++) {
      members.add(new Member());
    }
    rebalance();
    long end = world.now() + (5 + world.random().nextLong(25)) * SECOND;
    for (SimProducer producer : producers) {
      produce(producer, end);
    }
    disturb(end);
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
    return differences;
  }

  /** Waits until everything is acknowledged, a minute at most. */
  private void settle() {
    producers.forEach(SimProducer::send);
    long limit = world.now() + 60 * SECOND;
    while (world.now() < limit && world.step(limit)) {
      boolean done = true;
      for (int i = 0; i < broker.partitions(); i++) {
        done &= broker.acknowledged(i) == broker.log(i).size();
      }
      if (done) {
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

  private void disturb(long end) {
    world.after(
        world.random().nextLong(4 * SECOND),
        null,
        () -> {
          if (world.now() < end) {
            disturbOnce();
            disturb(end);
          }
        });
  }

  private void disturbOnce() {
    int index = world.random().nextInt(members.size());
    switch (world.random().nextInt(5)) {
      case 0:
        members.get(index).process.kill();
        members.set(index, new Member());
        rebalance();
        break;
      case 1:
        members.get(index).process.pause(world.random().nextLong(15 * SECOND));
        break;
      case 2:
        // A frozen process loses its partitions and goes on with them when it wakes up.
        members.get(index).process.pause(world.random().nextLong(10 * SECOND));
        rebalance();
        break;
      case 3:
        rebalance();
        break;
      default:
        stores.crashLogStore();
        restartAll();
    }
  }

  /** What was appended and not flushed is gone, so all that rely on it start again. */
  private void restartAll() {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).process.kill();
      members.set(i, new Member());
    }
    rebalance();
  }

  private void rebalance() {
    for (int i = 0; i < broker.partitions(); i++) {
      broker.assign(i, members.get(world.random().nextInt(members.size())).reader);
    }
  }

  /** One processor in one process. */
  private final class Member {
    private final SimProcess process = new SimProcess(world, true);
    private final SimBroker.Reader reader = broker.new Reader(process);

    Member() {
      Mistakes mistakes = new Mistakes(variant, world);
      Function<RawRecord, LogEvent> understand = mistakes.understand(SimLines::understand);
      LogDataProcessor processor =
          LogDataProcessor.builder()
              .source(mistakes.source(reader))
              .logStore(stores.logStore(process))
              .rollupStore(mistakes.rollups(stores.rollupStore(process), stores))
              .documents(mistakes.documents(stores.documents(process), stores))
              .deadLetters(
                  new DeadLetters(
                      stores.letters(process), stores::letterPosition, AckLevel.BROKERED))
              .joining(SimLines.joining())
              .understand(() -> understand)
              .settings(PipelineSettings.DEFAULTS)
              .schedulers(process, process)
              .build();
      processor.start();
    }
  }
}
