package dev.logdash.dashboard;

import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.LogdashConfig;
import dev.logdash.core.rollup.Tier;
import dev.logdash.embedded.EmbeddedLogdash;
import dev.logdash.mongo.MongoStorage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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
            config.get(BackendKeys.MONGO_URL), config.get(BackendKeys.MONGO_DATABASE), "", kept);
    return new Stores.Records(storage.rollups(), storage.documents(), storage);
  }
}
