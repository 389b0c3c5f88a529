package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the archive that was built and runs what is in it, without Maven and its class path. */
class DistributionIT {

  @TempDir private static Path folder;
  private static Path home;

  @BeforeAll
  static void unpack() throws Exception {
    Path archive = only(Path.of("target"), "logdash-", ".tar.gz");
    // A space in the path is where scripts break.
    Path place = Files.createDirectory(folder.resolve("a place"));
    assertThat(run(place, "", List.of("tar", "xzf", archive.toAbsolutePath().toString())).code())
        .isZero();
    home = only(place, "logdash-", "");
  }

  @Test
  void itHoldsTheLicencesAndTheReadme() {
    assertThat(home.resolve("LICENSE")).exists();
    assertThat(home.resolve("NOTICE")).exists();
    assertThat(home.resolve("README.md")).exists();
    assertThat(home.resolve("docs/configuration.md")).exists();
  }

  @Test
  void itSaysTheVersionItWasBuiltAs() throws Exception {
    CommandRun.Answer answer = logdash("", "version");

    assertThat(answer.code()).as(answer.err()).isZero();
    String version = home.getFileName().toString().substring("logdash-".length());
    assertThat(answer.lines().get(0)).isEqualTo("logdash " + version);
  }

  @Test
  void itParsesStandardInput() throws Exception {
    CommandRun.Answer answer =
        logdash("2026-11-23 12:00:00,123 ERROR [main] a.b.Shop - no stock\nhello\n", "parse");

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.lines()).hasSize(2);
    assertThat(answer.lines().get(0))
        .contains("\"message\":\"no stock\"", "2026-11-23T12:00:00.123");
    assertThat(answer.lines().get(1)).contains("\"message\":\"hello\"");
  }

  @Test
  void itTakesLogsInAndFindsThemInALaterProcess() throws Exception {
    Path log = folder.resolve("app log.txt");
    Files.writeString(log, "2026-11-23 12:00:00,123 ERROR [main] a.b.Shop - no stock of kiwis\n");
    String data = folder.resolve("some data").toString();

    CommandRun.Answer imported = logdash("", "import", "--data", data, log.toString());
    assertThat(imported.code()).as(imported.err()).isZero();
    CommandRun.Answer found =
        logdash("", "search", "kiwis", "--from", "2026-11-01", "--data", data);

    assertThat(found.code()).as(found.err()).isZero();
    assertThat(found.out()).contains("no stock of kiwis").doesNotContain("\u001b[");
  }

  private static CommandRun.Answer logdash(String in, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/logdash").toString()));
    command.addAll(List.of(args));
    return run(folder, in, command);
  }

  private static CommandRun.Answer run(Path directory, String in, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Path input = Files.writeString(Files.createTempFile(folder, "in", ""), in);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after a minute: " + command);
    }
    return new CommandRun.Answer(
        process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static Path only(Path place, String prefix, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.getFileName().toString().endsWith(suffix))
              .toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }
}
