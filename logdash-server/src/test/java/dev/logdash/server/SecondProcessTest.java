package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** One process imports; others come to the same folder. */
@Timeout(120)
class SecondProcessTest {

  @TempDir private Path folder;

  @Test
  void readersReadBesideAnImportAndASecondImportIsToldWhoHasTheFolder() throws Exception {
    Path data = folder.resolve("data");
    Process first =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.logdash.server.Main",
                "import",
                "-",
                "--data",
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("first.out").toFile())
            .start();
    try {
      long lines = 0;
      try (OutputStream in = first.getOutputStream()) {
        long counted = 0;
        long found = 0;
        while (found < 2_000 || counted < 2_000) {
          assertThat(first.isAlive()).as(Files.readString(folder.resolve("first.out"))).isTrue();
          for (int i = 0; i < 200; i++) {
            in.write(
                ("{\"service.name\":\"shop\",\"message\":\"event " + lines++ + "\"}\n")
                    .getBytes(UTF_8));
          }
          in.flush();
          if (Files.exists(data.resolve("format"))) {
            long nowFound = found(data);
            long nowCounted = counted(data);
            assertThat(nowFound).isBetween(found, lines);
            assertThat(nowCounted).isBetween(counted, lines);
            found = nowFound;
            counted = nowCounted;
          }
        }
        Path log = Files.writeString(folder.resolve("b.log"), "one line\n");
        CommandRun.Answer second = run(data, "import", log.toString());
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
            .contains("is in use by process " + first.pid() + "; stop that first")
            .doesNotContain("\tat ");
        CommandRun.Answer doctor = run(data, "doctor");
        assertThat(doctor.code()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("process " + first.pid() + " works on the folder");
      }
      assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(folder.resolve("first.out"))).contains(" 0 dead letters");
      assertThat(found(data)).isEqualTo(lines);
      assertThat(counted(data)).isEqualTo(lines);
    } finally {
      first.destroyForcibly();
    }
  }

  private static long found(Path data) {
    CommandRun.Answer answer = run(data, "search", "event", "--count");
    assertThat(answer.code()).as(answer.err()).isZero();
    return Long.parseLong(answer.out().strip());
  }

  private static long counted(Path data) {
    CommandRun.Answer answer = run(data, "stats", "--json");
    assertThat(answer.code()).as(answer.err()).isZero();
    var services = JsonMapper.shared().readTree(answer.out()).path("services");
    return services.isEmpty() ? 0 : services.get(0).get("count").asLong();
  }

  private static CommandRun.Answer run(Path data, String... args) {
    return new CommandRun().data(data).run(args);
  }
}
