package dev.logdash.dashboard;

import dev.logdash.api.error.BackendException;
import dev.logdash.api.ingest.AckLevel;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.IngestTarget;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.ship.Shipping;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The way out of a process whose logs another one stores. */
public final class ShippingWiring {

  private ShippingWiring() {}

  /**
   * Starts to send to the topic or the server of {@code logdash.ingest}.
   *
   * @throws BackendException as {@link Shipping#toServer} and {@link Shipping#into} do, or if what
   *     the target needs is not on the class path
   */
  public static Shipping start(LogdashConfig config, Clock clock, RandomGenerator random) {
    return start(config, clock, random, new ArrayList<>());
  }

  /**
   * The same.
   *
   * @param meters gets what is counted on the way
   */
  static Shipping start(
      LogdashConfig config, Clock clock, RandomGenerator random, List<BackendMeter> meters) {
    if (!(config.get(ConfigKeys.INGEST) instanceof IngestTarget.Kafka)) {
      return Shipping.toServer(config, clock, random);
    }
    Shipping shipping =
        Shipping.into(
            () ->
                Stores.with("logdash-kafka", () -> KafkaWiring.sink(config, clock, random, meters)),
            AckLevel.BROKERED,
            config,
            clock,
            random);
    meters.addAll(KafkaMeters.of(shipping::statistics));
    return shipping;
  }
}
