package dev.logdash.redis;

import dev.logdash.api.live.LiveFeed;
import dev.logdash.tck.LiveFeedContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Published and watched at the same instance. */
class RedisLiveFeedTest extends LiveFeedContract {

  @TempDir private static Path folder;
  private static TestRedis redis;
  private static Instance instance;

  @BeforeAll
  static void start() {
    redis = TestRedis.start(folder);
    instance = new Instance(redis.backend());
  }

  @AfterAll
  static void stop() {
    instance.close();
    redis.close();
  }

  @Override
  protected LiveFeed openFeed() {
    return instance.feed();
  }
}
