package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParseCommandTest {

  @TempDir Path folder;

  @Test
  void eachLineBecomesAnObjectInOrderWhateverItsFormat() {
    List<JsonNode> objects =
        parse(
            "10.0.0.1 - - [23/Nov/2026:12:00:00 +0000] \"GET /a HTTP/1.1\" 200 5\n"
                + "just words\n"
                + "\n"
                + "{\"@timestamp\":\"2026-11-23T12:00:01Z\",\"message\":\"json\"}\r\n"
                + "{\"broken\n"
                + "the last line has no end");

    assertThat(objects).hasSize(6);
    assertThat(objects.get(0).get("http.response.status_code").asInt()).isEqualTo(200);
    assertThat(objects.get(0).get("@timestamp").asString()).startsWith("2026-11-23T12:00:00");
    assertThat(message(objects.get(1))).isEqualTo("just words");
    assertThat(message(objects.get(2))).isEmpty();
    assertThat(message(objects.get(3))).isEqualTo("json");
    assertThat(message(objects.get(4))).isEqualTo("{\"broken");
    assertThat(message(objects.get(5))).isEqualTo("the last line has no end");
  }

  @Test
  void aRequestOfOtlpIsTakenApart() {
    List<JsonNode> objects =
        parse(
            "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                + "\"value\":{\"stringValue\":\"cart\"}}]},\"scopeLogs\":[{\"logRecords\":["
                + "{\"timeUnixNano\":\"1544712660300000000\",\"severityNumber\":17,"
                + "\"body\":{\"stringValue\":\"one\"}},{\"body\":{\"stringValue\":\"two\"}}]}]}]}\n"
                + "{\"resourceLogs\":\"none\"}\nthree\n");

    assertThat(objects).hasSize(4);
    assertThat(message(objects.get(0))).isEqualTo("one");
    assertThat(objects.get(0).get("service.name").asString()).isEqualTo("cart");
    assertThat(objects.get(0).get("@timestamp").asString()).startsWith("2018-12-13T14:51:00.3");
    assertThat(message(objects.get(1))).isEqualTo("two");
    assertThat(objects.get(2).get("resourceLogs").asString()).isEqualTo("none");
    assertThat(message(objects.get(3))).isEqualTo("three");
  }

  @Test
  void linesBehindAHeaderAreReadByItsColumns() {
    StringBuilder csv = new StringBuilder("time,level,message,cart\n");
    for (int i = 0; i < 3_000; i++) {
      csv.append("2026-11-23T12:00:00Z,WARN,\"slow, ").append(i).append("\",7\n");
    }

    List<JsonNode> objects = parse(csv.toString());

    assertThat(objects).hasSize(3_001);
    assertThat(objects.subList(1, 3_001))
        .allSatisfy(
            object -> {
              assertThat(message(object)).startsWith("slow, ");
              assertThat(object.get("log.level").asString()).isEqualTo("WARN");
              assertThat(object.get("cart").asInt()).isEqualTo(7);
            });
  }

  @Test
  void anEntryOfTheJournalAndARowOfSeveralLinesAreEvents() {
    List<JsonNode> objects =
        parse(
            "__CURSOR=x\n__REALTIME_TIMESTAMP=1714557600123456\n_HOSTNAME=web-1\nPRIORITY=4\n"
                + "_PID=71\nMESSAGE=disk is nearly full\n\n"
                + "timestamp,level,message\n2024-05-01T10:00:00Z,WARN,\"c\n\nd\"\nlast\n");

    assertThat(objects).hasSize(4);
    assertThat(message(objects.get(0))).isEqualTo("disk is nearly full");
    assertThat(objects.get(0).get("@timestamp").asString())
        .isEqualTo("2024-05-01T10:00:00.123456Z");
    assertThat(objects.get(0).get("host.hostname").asString()).isEqualTo("web-1");
    assertThat(objects.get(0).get("event.severity").asInt()).isEqualTo(13);
    assertThat(objects.get(0).get("process.pid").asInt()).isEqualTo(71);
    assertThat(message(objects.get(2))).isEqualTo("c\n\nd");
    assertThat(objects.get(2).get("log.level").asString()).isEqualTo("WARN");
    assertThat(message(objects.get(3))).isEqualTo("last");
  }

  @Test
  void whatIsAddedBeforeStoringIsShownOnDemand() {
    String line = "level=warn msg=slow container_name=cart\n";

    assertThat(parse(line).get(0).has("container.name")).isFalse();
    assertThat(parse(line, "--enrich").get(0).get("container.name").asString()).isEqualTo("cart");
  }

  @Test
  void theOrderHoldsOverManyBatches() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("line ").append(i).append('\n');
    }

    List<JsonNode> objects = parse(lines.toString());

    assertThat(objects).hasSize(20_000);
    for (int i = 0; i < objects.size(); i++) {
      assertThat(message(objects.get(i))).isEqualTo("line " + i);
    }
  }

  @Test
  void bytesThatAreNoTextAreStillALine() {
    CommandRun.Answer answer =
        new CommandRun().in(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, '\n', 'x'}).run("parse");

    assertThat(answer.code()).isZero();
    assertThat(answer.lines()).hasSize(2);
    answer.lines().forEach(line -> JsonMapper.shared().readTree(line));
  }

  @Test
  void aStackTraceIsJoinedOnlyIfAskedFor() {
    String log =
        "2026-11-23 12:00:00,123 ERROR [main] a.b.Shop - no stock\n"
            + "java.io.IOException: gone\n"
            + "\tat a.b.Shop.buy(Shop.java:7)\n"
            + "2026-11-23 12:00:01,000 INFO [main] a.b.Shop - next\n";

    assertThat(parse(log)).hasSize(4);
    List<JsonNode> joined = parse(log, "--multiline");

    assertThat(joined).hasSize(2);
    assertThat(joined.get(0).get("error.stack_trace").asString()).contains("Shop.java:7");
    assertThat(message(joined.get(1))).isEqualTo("next");
  }

  @Test
  void anEndlessTraceIsCutIntoEventsOfBoundedSize() {
    String log =
        "2026-11-23 12:00:00,123 ERROR [main] a.b.Shop - deep\n"
            + "\tat a.B.c(B.java:1)\n".repeat(2_500);

    assertThat(parse(log, "--multiline")).hasSize(3);
  }

  @Test
  void secretsAreMaskedIfAskedFor() {
    String line = "login of bob, password=hunter2hunter2\n";

    assertThat(new CommandRun().in(line).run("parse").out()).contains("hunter2hunter2");
    assertThat(new CommandRun().in(line).run("parse", "--redact").out())
        .contains("login of bob, password=***")
        .doesNotContain("hunter2");
    String mail = "login of bob@example.com\n";
    assertThat(new CommandRun().in(mail).run("parse", "--redact").out()).contains("bob@example");
    assertThat(
            new CommandRun()
                .in(mail)
                .property("logdash.redact.email", "true")
                .run("parse", "--redact")
                .out())
        .contains("login of ***");
  }

  @Test
  void theFormatMayBeGiven() {
    assertThat(message(parse("a=1 msg=hello\n", "--format", "text").get(0)))
        .isEqualTo("a=1 msg=hello");
    assertThat(message(parse("a=1 msg=hello\n", "--format", "logfmt").get(0))).isEqualTo("hello");
  }

  @Test
  void aFormatThatIsNotThereIsMisuse() {
    CommandRun.Answer answer = new CommandRun().run("parse", "--format", "xml");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("'xml'", "json", "logfmt");
  }

  @Test
  void aPatternIsTriedFirstAndWhatItDoesNotFitIsCounted() {
    CommandRun.Answer answer =
        new CommandRun()
            .in("ada|WARN|slow cart\n{\"message\":\"json\"}\n")
            .run("parse", "--pattern", "dissect:%{user}|%{level}|%{message}");

    List<JsonNode> objects = answer.lines().stream().map(JsonMapper.shared()::readTree).toList();
    assertThat(message(objects.get(0))).isEqualTo("slow cart");
    assertThat(objects.get(0).get("user.name").asString()).isEqualTo("ada");
    assertThat(objects.get(0).get("log.level").asString()).isEqualTo("WARN");
    assertThat(message(objects.get(1))).isEqualTo("json");
    assertThat(answer.err())
        .contains("2 lines, 38 B in ")
        .contains("The pattern did not fit 1 records; 0 took the slow road");
  }

  @Test
  void aPatternThatCannotBeUsedIsMisuseAndItsColumnIsNamed() {
    CommandRun.Answer answer = new CommandRun().run("parse", "--pattern", "logback:%d %thred");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("column 4", "did you mean 'thread'?");
    assertThat(
            new CommandRun().run("parse", "--pattern", "dissect:%{a}", "--format", "json").code())
        .isEqualTo(2);
  }

  @Test
  void filesAreReadOneAfterTheOther() throws IOException {
    Path first = Files.writeString(folder.resolve("a.log"), "one\ntwo");
    Path second = Files.writeString(folder.resolve("b.log"), "three\n");

    CommandRun.Answer answer =
        new CommandRun().in("four\n").run("parse", first.toString(), second.toString(), "-");

    assertThat(answer.lines().stream().map(ParseCommandTest::messageOf))
        .containsExactly("one", "two", "three", "four");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    CommandRun.Answer answer = new CommandRun().run("parse", folder.resolve("no.log").toString());

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("no such file", "no.log").doesNotContain("\tat ");
  }

  @Test
  void aLineOfAHundredMegabytesIsCutAndTheNextOneRead() throws IOException {
    Path log = folder.resolve("long.log");
    try (var out = Files.newOutputStream(log)) {
      byte[] chunk = "x".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 100; i++) {
        out.write(chunk);
      }
      out.write("\nafter\n".getBytes(UTF_8));
    }

    CommandRun.Answer answer = new CommandRun().run("parse", log.toString());

    assertThat(answer.lines()).hasSize(2);
    assertThat(answer.lines().get(0).length()).isBetween(1 << 20, (1 << 20) + 1_000);
    assertThat(messageOf(answer.lines().get(1))).isEqualTo("after");
  }

  @Test
  void whatWasReadIsWrittenWhenTheInputPauses() throws Exception {
    LinkedBlockingQueue<String> written = new LinkedBlockingQueue<>();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            if (size() > 0) {
              written.add(toString(UTF_8));
              reset();
            }
          }
        };
    CompletableFuture<Integer> code;
    try (PipedOutputStream input = new PipedOutputStream()) {
      Console console =
          new Console(
              new PipedInputStream(input),
              out,
              new ByteArrayOutputStream(),
              false,
              false,
              Map.of(),
              Map.of(),
              Clock.systemUTC());
      code = CompletableFuture.supplyAsync(() -> CommandLines.run(console, "parse"));
      input.write("first\n".getBytes(UTF_8));
      input.flush();

      String line = written.poll(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);

      assertThat(line).isNotNull();
      assertThat(messageOf(line)).isEqualTo("first");
    }
    assertThat(code.get(10, TimeUnit.SECONDS)).isZero();
  }

  private static List<JsonNode> parse(String lines, String... options) {
    List<String> args = new ArrayList<>(List.of("parse"));
    args.addAll(List.of(options));
    CommandRun.Answer answer = new CommandRun().in(lines).run(args.toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
    return answer.lines().stream().map(JsonMapper.shared()::readTree).toList();
  }

  private static String messageOf(String line) {
    return message(JsonMapper.shared().readTree(line));
  }

  private static String message(JsonNode object) {
    return object.get("message").asString();
  }
}
