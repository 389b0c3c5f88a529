package dev.logdash.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.config.ServerRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process of each role answers to; the rest is not there, whoever asks. */
class RolesTest {

  private static final List<String> PAGES = List.of("explore", "app.js", "css/tokens.css");
  private static final List<String> QUESTIONS =
      List.of("api/v1/search", "api/v1/rollups/routes", "api/v1/rules", "api/v1/settings");

  @TempDir private Path folder;

  @Test
  void ingestTakesLogsAndShowsNone() throws Exception {
    try (Host host = host(ServerRole.INGEST)) {
      assertThat(host.post("api/v1/ingest", "a line").statusCode()).isEqualTo(200);
      assertThat(host.get("health").statusCode()).isEqualTo(200);
      assertAbsent(host, PAGES);
      assertAbsent(host, QUESTIONS);
    }
  }

  @Test
  void processTakesNoneAndShowsNone() throws Exception {
    try (Host host = host(ServerRole.PROCESS)) {
      assertThat(host.get("health").statusCode()).isEqualTo(200);
      assertThat(host.get("metrics").statusCode()).isEqualTo(200);
      assertThat(host.post("api/v1/ingest", "a line").statusCode()).isEqualTo(404);
      assertAbsent(host, PAGES);
      assertAbsent(host, QUESTIONS);
    }
  }

  @Test
  void dashboardShowsLogsAndTakesNone() throws Exception {
    try (Host host = host(ServerRole.DASHBOARD)) {
      assertThat(host.post("api/v1/ingest", "a line").statusCode()).isEqualTo(404);
      for (String path : PAGES) {
        assertThat(host.get(path).statusCode()).as(path).isEqualTo(200);
      }
      for (String path : QUESTIONS) {
        assertThat(host.get(path).statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  private Host host(ServerRole role) throws Exception {
    return new Host(folder, Map.of(), builder -> builder.role(role));
  }

  private static void assertAbsent(Host host, List<String> paths) throws Exception {
    for (String path : paths) {
      assertThat(host.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
