package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.core.config.ConfigSource;
import dev.logdash.core.config.LogdashConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code logdash import} where another server is to have the logs. */
@Timeout(120)
class ShippedImportTest {

  @TempDir private Path folder;

  @Test
  void bringsTheLinesToTheServerOnce() throws Exception {
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");
    try (RunningServer server = server()) {
      CommandRun.Answer first = run(server.port(), "import", log.toString());
      CommandRun.Answer again = run(server.port(), "import", log.toString());
      server.installation().logdash().drain().block(Duration.ofSeconds(30));

      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.out()).contains("3 lines read, 3 shipped, 0 refused by the server");
      assertThat(again.out()).contains("0 lines read, 0 shipped", "nothing new");
      assertThat(server.installation().logdash().totals().events()).isEqualTo(3);
    }
  }

  @Test
  void bringsAlongTheHeaderOfAFileAndWhatWasRedacted() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("till.csv"),
            "time,level,user,message\n2026-11-01T10:00:00Z,warn,ada,token=abcdefgh12345678\n");
    Path data = folder.resolve("server");
    try (RunningServer server = server()) {
      CommandRun.Answer imported = run(server.port(), "import", log.toString());
      assertThat(imported.code()).as(imported.err()).isZero();
      server.installation().logdash().drain().block(Duration.ofSeconds(30));
    }

    CommandRun.Answer found =
        new CommandRun()
            .data(data)
            .run("search", "logdash.redacted:named-secret", "--from", "0", "--json");

    assertThat(found.lines()).as(found.err()).hasSize(1);
    assertThat(found.out())
        .contains("\"user.name\":\"ada\"", "token=***", "\"log.level\":\"warn\"");
  }

  @Test
  void saysWhatToSetWhereTheServerLetsNobodyIn() throws Exception {
    Path log = Files.writeString(folder.resolve("a.log"), "one\n");
    try (RunningServer server = server()) {
      CommandRun.Answer answer =
          new CommandRun()
              .data(folder.resolve("here"))
              .property("logdash.ingest", "http://127.0.0.1:" + server.port())
              .property("logdash.ingest.api-key", "ldk_wrong")
              .run("import", log.toString());

      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.err())
          .contains("logdash.ingest.api-key")
          .doesNotContain("ldk_wrong", "Exception");
    }
  }

  @Test
  void refusesPlainHttpBeyondThisMachine() {
    CommandRun.Answer answer =
        new CommandRun()
            .data(folder.resolve("here"))
            .property("logdash.ingest", "http://192.0.2.1")
            .run("import", "-");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("without TLS", "logdash.ingest.plain-http");
  }

  private CommandRun.Answer run(int port, String... arguments) {
    return new CommandRun()
        .data(folder.resolve("here"))
        .property("logdash.ingest", "http://127.0.0.1:" + port)
        .run(arguments);
  }

  private RunningServer server() {
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            false,
            false,
            Map.of(),
            Map.of(),
            Clock.systemUTC());
    Map<String, String> settings =
        Map.of(
            "logdash.data.dir",
            folder.resolve("server").toString(),
            "logdash.server.port",
            "0",
            "logdash.ingest.open-loopback",
            "true");
    return RunningServer.start(
        LogdashConfig.of(List.of(new ConfigSource("test", settings))), console);
  }
}
