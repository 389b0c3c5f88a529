package dev.logdash.server;

import dev.logdash.api.ingest.LogSink;
import dev.logdash.core.config.IngestTarget;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.ship.RemoteLogdash;
import dev.logdash.core.ship.ShipStatistics;
import dev.logdash.core.spool.Spool;
import dev.logdash.dashboard.KafkaShipping;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A spool whose records are brought elsewhere: to a server, or to a topic. */
final class Shipping implements AutoCloseable {

  private final LogSink sink;
  private final Spool spool;
  private final Scheduler scheduler;
  private final Supplier<ShipStatistics> statistics;
  private final Supplier<Mono<Void>> check;
  private final Supplier<Mono<Void>> drain;
  private final Runnable closing;

  private Shipping(RemoteLogdash remote) {
    sink = remote.sink();
    spool = remote.spool();
    scheduler = remote.scheduler();
    statistics = remote::statistics;
    check = remote::check;
    drain = remote::drain;
    closing = remote::close;
  }

  private Shipping(KafkaShipping topic) {
    sink = topic.sink();
    spool = topic.spool();
    scheduler = topic.scheduler();
    statistics = topic::statistics;
    check = topic::check;
    drain = topic::drain;
    closing = topic::close;
  }

  static Shipping start(
      LogdashConfig config, IngestTarget target, Clock clock, SecureRandom random) {
    return target instanceof IngestTarget.Kafka
        ? new Shipping(KafkaShipping.start(config, clock, random))
        : new Shipping(RemoteLogdash.start(config, clock, random));
  }

  LogSink sink() {
    return sink;
  }

  Spool spool() {
    return spool;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  ShipStatistics statistics() {
    return statistics.get();
  }

  Mono<Void> check() {
    return check.get();
  }

  Mono<Void> drain() {
    return drain.get();
  }

  @Override
  public void close() {
    closing.run();
  }
}
