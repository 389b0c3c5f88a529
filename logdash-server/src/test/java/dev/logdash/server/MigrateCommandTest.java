package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code logdash migrate} from one data folder to another. */
@Timeout(120)
class MigrateCommandTest {

  private static final int LINES = 3_000;

  @TempDir private Path folder;

  @Test
  void findsAndCountsTheSameOnTheNewSide() throws Exception {
    Path old = filled();
    Path target = settings(folder.resolve("new"));

    CommandRun.Answer moved = migrate(old, target);
    CommandRun.Answer again = migrate(old, target);

    assertThat(moved.code()).as(moved.err()).isZero();
    assertThat(moved.out()).contains("3,000 events copied, 0 there before, 0 refused");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out())
        .contains("0 events copied, 3,000 there before, 0 refused, 0 statistics, 0 documents");
    for (String question : new String[] {"search", "stats"}) {
      String[] words =
          question.equals("search")
              ? new String[] {"search", "order 1?3", "--from", "30d", "--json"}
              : new String[] {"stats", "--from", "30d", "--json"};
      assertThat(ask(folder.resolve("new"), words)).as(question).isEqualTo(ask(old, words));
    }
    assertThat(ask(folder.resolve("new"), "search", "order", "--from", "30d", "--count"))
        .isEqualTo(LINES + "\n");
  }

  @Test
  void saysWhatIsWrongWithTheWords() throws Exception {
    Path old = filled();

    assertThat(migrate(old, settings(old)).err()).contains("both sides are the data folder");
    assertThat(migrate(folder.resolve("none"), settings(folder.resolve("new"))).err())
        .contains("there is no data folder");
    CommandRun.Answer kind =
        new CommandRun()
            .data(old)
            .run("migrate", "--from", "splunk", "--to", settings(old).toString());
    assertThat(kind.code()).isEqualTo(2);
    assertThat(kind.err()).contains("--from is not 'embedded': splunk");
    Path incomplete =
        Files.writeString(folder.resolve("incomplete.yaml"), "logdash.store: elasticsearch\n");
    assertThat(migrate(old, incomplete).err()).contains("logdash.elasticsearch.urls: not set");
  }

  private Path filled() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("app.log"),
            IntStream.range(0, LINES)
                .mapToObj(
                    n ->
                        "{\"message\":\"order %d\",\"level\":\"%s\",\"service.name\":\"shop\"}"
                            .formatted(n, n % 10 == 0 ? "error" : "info"))
                .collect(Collectors.joining("\n")));
    Path data = folder.resolve("old");
    assertThat(new CommandRun().data(data).run("import", log.toString()).code()).isZero();
    return data;
  }

  private Path settings(Path data) throws IOException {
    return Files.writeString(folder.resolve("to.yaml"), "logdash.data.dir: " + data + "\n");
  }

  private CommandRun.Answer migrate(Path from, Path to) {
    return new CommandRun().data(from).run("migrate", "--from", "embedded", "--to", to.toString());
  }

  private static String ask(Path data, String... words) {
    CommandRun.Answer answer = new CommandRun().data(data).run(words);
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.out();
  }
}
