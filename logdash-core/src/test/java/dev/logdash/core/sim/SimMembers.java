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

/** The processes that share the partitions of a broker. */
final class SimMembers {

  private static final int MOST = 4;
  private static final long GRACE_NANOS = 3_000_000_000L;

  private final SimWorld world;
  private final SimBroker broker;
  private final SimStores stores;
  private final Variant variant;
  private final SimGroup group;
  private final List<Member> members = new ArrayList<>();
  private final List<Member> leaving = new ArrayList<>();

  SimMembers(SimWorld world, SimBroker broker, SimStores stores, Variant variant) {
    this.world = world;
    this.broker = broker;
    this.stores = stores;
    this.variant = variant;
    this.group = new SimGroup(world, broker);
    int count = 1 + world.random().nextInt(3);
    for (int i = 0; i < count; i++) {
      members.add(new Member());
    }
    rebalance(false);
  }

  /** Gives every partition to somebody, who may be the one who has it. */
  void rebalance(boolean lost) {
    for (int i = 0; i < broker.partitions(); i++) {
      group.assign(i, any().reader, lost);
    }
  }

  /** Gives some partitions to others; the rest is not disturbed. */
  private void rebalanceSome() {
    for (int i = 0; i < broker.partitions(); i++) {
      Member owner = any();
      if (!group.owns(owner.reader, i)) {
        group.assign(i, owner.reader, false);
      }
    }
  }

  /** Dies, and another process takes its place. */
  void killOne() {
    kill(world.random().nextInt(members.size()));
    rebalance(true);
  }

  void killAll() {
    for (int i = 0; i < members.size(); i++) {
      kill(i);
    }
    leaving.forEach(member -> member.process.kill());
    rebalance(true);
  }

  private void kill(int index) {
    members.get(index).process.kill();
    members.set(index, new Member());
  }

  /** Stands still for a while; nobody notices. */
  void pauseOne(long nanos) {
    any().process.pause(nanos);
  }

  /** Loses its partitions while it stands still, and goes on with them when it wakes up. */
  void freezeOne(long nanos) {
    any().process.pause(nanos);
    rebalance(true);
  }

  /** One joins, or one leaves in good order. */
  void joinOrLeave() {
    boolean leaves = members.size() > 1 && (members.size() == MOST || world.random().nextBoolean());
    if (leaves) {
      Member last = members.remove(world.random().nextInt(members.size()));
      leaving.add(last);
      for (int i = 0; i < broker.partitions(); i++) {
        if (group.owns(last.reader, i)) {
          group.assign(i, any().reader, false);
        }
      }
      world.after(GRACE_NANOS, null, last.process::kill);
    } else {
      members.add(new Member());
    }
    rebalanceSome();
  }

  void addPartition() {
    broker.addPartition();
    group.assign(broker.partitions() - 1, any().reader, false);
  }

  private Member any() {
    return members.get(world.random().nextInt(members.size()));
  }

  /** One processor in one process. */
  private final class Member {
    private final SimProcess process = new SimProcess(world, true);
    private final SimGroup.Reader reader = group.new Reader(process);

    Member() {
      Mistakes mistakes = new Mistakes(variant, world);
      SinkMistakes sinkMistakes = new SinkMistakes(variant);
      Function<RawRecord, LogEvent> understand = mistakes.understand(SimLines::understand);
      LogDataProcessor processor =
          LogDataProcessor.builder()
              .source(mistakes.source(reader))
              .logStore(sinkMistakes.logStore(stores.logStore(process)))
              .rollupStore(mistakes.rollups(stores.rollupStore(process), stores))
              .documents(mistakes.documents(stores.documents(process), stores))
              .deadLetters(
                  new DeadLetters(
                      sinkMistakes.letters(stores.letters(process)),
                      stores::letterPosition,
                      AckLevel.BROKERED))
              .joining(SimLines.joining())
              .understand(() -> understand)
              .settings(PipelineSettings.DEFAULTS)
              .schedulers(process, process)
              .build();
      processor.start();
    }
  }
}
