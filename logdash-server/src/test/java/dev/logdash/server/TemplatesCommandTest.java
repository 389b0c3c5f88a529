package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TemplatesCommandTest {

  private static final String[] NAMES = {"ada", "alan", "grace", "ken", "linus", "barbara"};

  @TempDir Path folder;

  @Test
  void eachLineHasATemplateInItsOrder() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      log.append("cart of ").append(NAMES[i % 6]).append(" was emptied by the janitor\n");
      log.append("paid ").append(i).append(" ms late\n");
    }
    Path file = Files.writeString(folder.resolve("app.log"), log);

    List<JsonNode> lines = templates(new CommandRun().run("templates", file.toString()));

    assertThat(lines).hasSize(120);
    for (int i = 0; i < 120; i += 2) {
      assertThat(text(lines.get(i))).isEqualTo("cart of <*> was emptied by the janitor");
      assertThat(lines.get(i)).isEqualTo(lines.get(0));
      assertThat(text(lines.get(i + 1))).isEqualTo("paid <num> ms late");
    }
    assertThat(lines.get(0).get("template_id").asString()).matches("[0-9a-f]{16}");
  }

  @Test
  void standardInputIsLearnedFromBeforeItIsPrinted() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      log.append("cart of ").append(NAMES[i % 6]).append(" was emptied by the janitor\n");
    }

    CommandRun.Answer all = new CommandRun().in(log.toString()).run("templates", "-");
    CommandRun.Answer few =
        new CommandRun().in(log.toString()).run("templates", "--learn", "2", "-");

    assertThat(templates(all)).hasSize(600).allMatch(line -> line.equals(templates(all).get(0)));
    List<JsonNode> narrowFirst = templates(few);
    assertThat(narrowFirst).hasSize(600);
    assertThat(text(narrowFirst.get(0))).isEqualTo("cart of ada was emptied by the janitor");
    assertThat(text(narrowFirst.get(599))).isEqualTo("cart of <*> was emptied by the janitor");
  }

  @Test
  void theMessageOfALineCountsAndNotItsHeader() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("syslog"),
            "May 17 10:00:00 web1 sshd[77]: Invalid user ada from 10.0.0.1\n"
                + "May 18 11:00:00 web2 sshd[78]: Invalid user ada from 10.0.0.2\n"
                + "{\"@timestamp\":\"2026-11-30T10:00:00Z\",\"message\":\"Invalid user ada from"
                + " 10.0.0.3\"}\n");

    List<JsonNode> lines = templates(new CommandRun().run("templates", file.toString()));
    List<JsonNode> whole =
        templates(new CommandRun().run("templates", "--format", "text", file.toString()));

    assertThat(lines).hasSize(3).allMatch(line -> line.equals(lines.get(0)));
    assertThat(text(lines.get(0))).isEqualTo("Invalid user ada from <ip>");
    assertThat(text(whole.get(0))).startsWith("<time> web");
  }

  @Test
  void aNativeEventKeepsItsOwnTemplate() {
    String log =
        "{\"message\":\"order 5 of ada\",\"log.template\":\"order {} of {}\",\"log.logger\":\"a.B\"}\n"
            + "{\"message\":\"order 6 of ken\",\"log.template\":\"order {} of {}\",\"log.logger\":\"a.B\"}\n"
            + "{\"message\":\"order 6 of ken\",\"log.template\":\"order {} of {}\",\"log.logger\":\"a.C\"}\n";

    List<JsonNode> lines = templates(new CommandRun().in(log).run("templates"));

    assertThat(lines).extracting(TemplatesCommandTest::text).containsOnly("order {} of {}");
    assertThat(lines.get(1)).isEqualTo(lines.get(0));
    assertThat(lines.get(2)).isNotEqualTo(lines.get(0));
  }

  @Test
  void aListTellsLinesAndValues() {
    StringBuilder log = new StringBuilder("started\n");
    for (int i = 1; i <= 10; i++) {
      log.append("paid ").append(i).append(" to the till\n");
    }

    List<JsonNode> lines =
        templates(new CommandRun().in(log.toString()).run("templates", "--list"));

    assertThat(lines).hasSize(2);
    JsonNode paid = lines.get(0);
    assertThat(text(paid)).isEqualTo("paid <num> to the till");
    assertThat(paid.get("count").asInt()).isEqualTo(10);
    JsonNode values = paid.get("values").get(0);
    assertThat(values.get("placeholder").asString()).isEqualTo("<num>");
    assertThat(values.get("min").asDouble()).isEqualTo(1);
    assertThat(values.get("max").asDouble()).isEqualTo(10);
    assertThat(values.get("mean").asDouble()).isEqualTo(5.5);
    assertThat(lines.get(1).get("count").asInt()).isEqualTo(1);
  }

  @Test
  void compressedFilesAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write("took 5 ms\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("app.log.gz"), bytes.toByteArray());

    List<JsonNode> lines = templates(new CommandRun().run("templates", file.toString()));

    assertThat(lines).extracting(TemplatesCommandTest::text).containsExactly("took <num> ms");
  }

  @Test
  void anEmptyInputGivesNothingAndAnEmptyLineATemplate() {
    assertThat(templates(new CommandRun().run("templates"))).isEmpty();
    assertThat(templates(new CommandRun().in("\n\n").run("templates"))).hasSize(2);
  }

  @Test
  void mistakesAreSaidInOneSentence() {
    CommandRun.Answer absent = new CommandRun().run("templates", folder + "/no.log");
    CommandRun.Answer format = new CommandRun().run("templates", "--format", "nope");
    CommandRun.Answer learn = new CommandRun().run("templates", "--learn", "-1");

    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err()).contains("no.log: no such file");
    assertThat(format.code()).isEqualTo(2);
    assertThat(format.err()).contains("there is no format 'nope'");
    assertThat(learn.code()).isEqualTo(2);
    assertThat(learn.err()).contains("--learn");
  }

  @Test
  void helpSaysWhatItDoes() {
    CommandRun.Answer answer = new CommandRun().run("templates", "--help");

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("--list", "--learn", "--format", "read twice");
  }

  private static List<JsonNode> templates(CommandRun.Answer answer) {
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.lines().stream().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  private static String text(JsonNode line) {
    return line.get("template").asString();
  }
}
