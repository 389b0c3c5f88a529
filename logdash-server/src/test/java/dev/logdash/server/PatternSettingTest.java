package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternSettingTest {

  private static final String SETTING = "logdash.parse.pattern";

  @Test
  void whatIsStoredIsUnderstoodByThePattern(@TempDir Path folder) throws Exception {
    Path log = Files.writeString(folder.resolve("a.log"), "ada|WARN|slow cart\nbob|INFO|fine\n");

    CommandRun.Answer imported =
        run(folder, "dissect:%{user}|%{level}|%{message}", "import", log.toString());
    CommandRun.Answer found = run(folder, "", "search", "level:warn AND user.name:ada", "--json");

    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(found.lines()).as(found.err()).hasSize(1);
    assertThat(found.out()).contains("\"slow cart\"");
  }

  @Test
  void aFileHasTheZoneAndThePatternOfItsSource(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("till.log"), "2024-07-01 08:00:00|ada|no paper\n");
    Path settings =
        Files.writeString(
            folder.resolve("logdash.yaml"),
            """
            logdash:
              parse:
                zone: America/New_York
                source:
                  till:
                    match: "*/till.log"
                    zone: Asia/Tokyo
                    pattern: "dissect:%{timestamp}|%{user.name}|%{message}"
            """);
    String[] search = {"search", "user.name:ada", "--from", "2024-06-01", "--json"};

    CommandRun.Answer imported = configured(folder, settings, "import", file.toString());
    CommandRun.Answer found = configured(folder, settings, search);
    CommandRun.Answer parsed = configured(folder, settings, "parse", file.toString());
    CommandRun.Answer zoned =
        configured(
            folder,
            settings,
            "parse",
            "--zone",
            "UTC",
            "--pattern",
            "dissect:%{timestamp}|%{user.name}|%{message}",
            file.toString());

    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(found.out()).as(found.err()).contains("2024-06-30T23:00:00", "no paper");
    assertThat(parsed.out()).as(parsed.err()).contains("2024-06-30T23:00:00");
    assertThat(zoned.out()).as(zoned.err()).contains("2024-07-01T08:00:00");
  }

  private static CommandRun.Answer configured(Path folder, Path settings, String... arguments) {
    String[] all =
        Stream.concat(Stream.of("--config", settings.toString()), Arrays.stream(arguments))
            .toArray(String[]::new);
    return new CommandRun().data(folder.resolve("data")).run(all);
  }

  @Test
  void aPatternThatCannotBeUsedEndsTheStartAndNamesTheColumn(@TempDir Path folder) {
    CommandRun.Answer answer = run(folder, "grok:%{WORD:a} (\\w)\\1", "search", "x");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains(SETTING, "column 15", "reference back");
  }

  private static CommandRun.Answer run(Path folder, String pattern, String... arguments) {
    return new CommandRun().data(folder.resolve("data")).property(SETTING, pattern).run(arguments);
  }
}
