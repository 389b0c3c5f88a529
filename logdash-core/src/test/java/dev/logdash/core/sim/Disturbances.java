package dev.logdash.core.sim;

import java.util.ArrayList;
import java.util.List;

/** What happens to the processes, the broker and the stores, one thing after the other. */
final class Disturbances {

  private static final long SECOND = 1_000_000_000L;
  private static final int MOST_PARTITIONS = 6;

  private final SimWorld world;
  private final SimBroker broker;
  private final List<SimProducer> producers;
  private final SimStores stores;
  private final SimMembers members;
  private final List<Kind> kinds;
  private long end;

  private enum Kind {
    KILL,
    PAUSE,
    FREEZE,
    REBALANCE,
    REBALANCE_STORM,
    MORE_PARTITIONS,
    PRODUCER_CUT_OFF,
    NETWORK_SPLIT,
    BROKER_RESTART,
    STORE_RESTART,
    SEARCH_OVERLOAD,
    SEARCH_CRASH
  }

  Disturbances(
      SimWorld world,
      SimBroker broker,
      List<SimProducer> producers,
      SimStores stores,
      SimMembers members) {
    this.world = world;
    this.broker = broker;
    this.producers = producers;
    this.stores = stores;
    this.members = members;
    this.kinds = new ArrayList<>(List.of(Kind.values()));
    // Half of the runs meet some kinds only, and those more often.
    int left = world.random().nextBoolean() ? 1 + world.random().nextInt(4) : kinds.size();
    while (kinds.size() > left) {
      kinds.remove(world.random().nextInt(kinds.size()));
    }
  }

  /** Disturbs until a time. */
  void until(long endNanos) {
    end = endNanos;
    next();
  }

  private void next() {
    world.after(world.random().nextLong(3 * SECOND), null, () -> whileNotOver(this::strike));
  }

  private void strike() {
    switch (kinds.get(world.random().nextInt(kinds.size()))) {
      case KILL -> members.killOne();
      case PAUSE -> members.pauseOne(world.random().nextLong(15 * SECOND));
      case FREEZE -> members.freezeOne(world.random().nextLong(10 * SECOND));
      case REBALANCE -> members.rebalance(world.random().nextBoolean());
      case REBALANCE_STORM -> storm(3 + world.random().nextInt(8));
      case MORE_PARTITIONS -> grow();
      case PRODUCER_CUT_OFF -> anyProducer().cutOff(world.random().nextLong(10 * SECOND));
      case NETWORK_SPLIT -> split(2 * SECOND + world.random().nextLong(4 * SECOND));
      case BROKER_RESTART -> broker.restart();
      case STORE_RESTART -> stores.restartOne();
      case SEARCH_OVERLOAD -> stores.overloadSearch();
      case SEARCH_CRASH -> {
        // What was appended and not flushed is gone, so all that rely on it start again.
        stores.crashLogStore();
        members.killAll();
      }
    }
    next();
  }

  /** A producer does not reach the broker, in the middle of an event; then the database is away. */
  private void split(long nanos) {
    anyProducer().tear(nanos);
    long later = SECOND + world.random().nextLong(SECOND);
    world.after(later, null, () -> stores.cutOffDatabase(nanos + 4 * SECOND));
  }

  private SimProducer anyProducer() {
    return producers.get(world.random().nextInt(producers.size()));
  }

  /** A member comes or goes each two seconds. */
  private void storm(int left) {
    members.joinOrLeave();
    if (left > 0) {
      world.after(2 * SECOND, null, () -> whileNotOver(() -> storm(left - 1)));
    }
  }

  private void grow() {
    if (broker.partitions() < MOST_PARTITIONS) {
      members.addPartition();
    }
  }

  private void whileNotOver(Runnable action) {
    if (world.now() < end) {
      action.run();
    }
  }
}
