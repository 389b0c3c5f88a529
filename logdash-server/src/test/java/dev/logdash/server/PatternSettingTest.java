package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
  void aPatternThatCannotBeUsedEndsTheStartAndNamesTheColumn(@TempDir Path folder) {
    CommandRun.Answer answer = run(folder, "grok:%{WORD:a} (\\w)\\1", "search", "x");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains(SETTING, "column 15", "reference back");
  }

  private static CommandRun.Answer run(Path folder, String pattern, String... arguments) {
    return new CommandRun().data(folder.resolve("data")).property(SETTING, pattern).run(arguments);
  }
}
