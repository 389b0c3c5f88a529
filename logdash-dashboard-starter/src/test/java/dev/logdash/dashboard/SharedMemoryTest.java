package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.cache.PanelKey;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SharedMemoryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void countsARedisThatIsAwayAsMissesAndFailures() throws Exception {
    int port;
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = nobody.getLocalPort();
    }
    LogdashConfig config =
        LogdashConfig.of(
            List.of(
                new ConfigSource(
                    "test", Map.of("logdash.redis.url", "redis://127.0.0.1:" + port))));
    try (SharedMemory shared = new SharedMemory(config)) {
      for (int i = 0; i < 3; i++) {
        assertThat(shared.cache().get(new PanelKey("ada", "count")).block(PATIENCE)).isNull();
      }

      Map<String, Long> values =
          shared.meters().stream()
              .collect(
                  Collectors.toMap(
                      meter -> meter.name() + meter.labels().values(),
                      meter -> meter.value().getAsLong()));
      assertThat(values)
          .containsEntry("logdash.redis.panels[miss]", 3L)
          .containsEntry("logdash.redis.panels[hit]", 0L)
          .containsEntry("logdash.redis.unsent.events[]", 0L)
          .containsEntry("logdash.redis.unreadable.messages[]", 0L);
      long asked = values.get("logdash.redis.failures[]");
      assertThat(asked).isPositive();
      assertThat(asked + values.get("logdash.redis.skipped[]")).isEqualTo(3);
      assertThat(values.get("logdash.redis.timeouts[]")).isLessThanOrEqualTo(asked);
    }
  }
}
