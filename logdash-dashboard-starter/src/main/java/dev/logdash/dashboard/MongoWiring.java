package dev.logdash.dashboard;

import static dev.logdash.dashboard.BackendMeter.counter;

import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.rollup.Tier;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.mongo.MongoStorage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** MongoDB as the settings name it. */
final class MongoWiring {

  private MongoWiring() {}

  static Stores.Records open(LogdashConfig config) {
    Map<Integer, Duration> kept = new HashMap<>();
    for (Tier tier : EmbeddedLogdash.pipeline(config).rollups().tiers()) {
      if (!tier.kept().equals(Tier.FOR_EVER)) {
        kept.put(tier.seconds(), tier.kept());
      }
    }
    MongoStorage storage =
        new MongoStorage(
            config.get(BackendKeys.MONGO_URL),
            config.get(BackendKeys.MONGO_DATABASE),
            "",
            kept,
            Stores.trust(
                config.get(BackendKeys.MONGO_CA_FILE),
                config.get(BackendKeys.MONGO_CERTIFICATE_FILE)));
    return new Stores.Records(storage.rollups(), storage.documents(), storage, meters(storage));
  }

  private static List<BackendMeter> meters(MongoStorage storage) {
    return List.of(
        counter("logdash.mongo.calls", "Calls of MongoDB", () -> storage.statistics().calls()),
        counter(
            "logdash.mongo.failures", "Calls that failed", () -> storage.statistics().failures()),
        refused("cells", () -> storage.statistics().refusedCells()),
        refused("documents", () -> storage.statistics().refusedDocuments()));
  }

  private static BackendMeter refused(String what, LongSupplier count) {
    return counter(
            "logdash.mongo.refused.writes", "Writes of what somebody else had changed", count)
        .with("of", what);
  }
}
