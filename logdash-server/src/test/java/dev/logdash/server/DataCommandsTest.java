package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.embedded.EmbeddedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands on one data folder with a few real lines in it. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataCommandsTest {

  // Shows one o'clock now, and goes on: a stack trace ends when time passes.
  private static final Clock CLOCK =
      Clock.offset(
          Clock.systemUTC(),
          Duration.between(Instant.now(), Instant.parse("2026-11-23T13:00:00Z")));

  private Path folder;
  private Path data;
  private Path log;

  @BeforeAll
  void takeLogsIn(@TempDir Path temporary) throws IOException {
    folder = temporary;
    data = folder.resolve("data");
    log = folder.resolve("app.log");
    Files.writeString(
        log,
        """
        {"@timestamp":"2026-11-23T12:00:00.123Z","log.level":"ERROR","service.name":"shop","message":"no stock of kiwis"}
        {"@timestamp":"2026-11-23T12:00:01Z","log.level":"INFO","service.name":"shop","message":"sold \\u001b[31m5 apples"}
        {"@timestamp":"2026-11-22T08:00:00Z","log.level":"WARN","service.name":"till","message":"password=hunter2hunter2 apples"}
        10.0.0.1 - - [23/Nov/2026:12:30:00 +0000] "GET /users/17 HTTP/1.1" 200 5
        10.0.0.1 - - [23/Nov/2026:12:30:01 +0000] "GET /users/18 HTTP/1.1" 500 5
        """);

    CommandRun.Answer answer = run("import", log.toString());

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith("5 lines read, 5 events stored, 0 dead letters, 0 dropped, ");
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void whatWasImportedIsNotImportedAgain() {
    CommandRun.Answer answer = run("import", log.toString());

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).startsWith("0 lines read, 0 events stored").contains("nothing new");
    assertThat(run("search", "--count").out().strip()).isEqualTo("5");
  }

  @Test
  void aFileThatIsNotThereFailsTheImport() {
    CommandRun.Answer answer = run("import", folder.resolve("none.log").toString());

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("none.log");
  }

  @Test
  void searchPrintsTheNewestFirst() {
    CommandRun.Answer answer = run("search", "apples");

    assertThat(answer.code()).isZero();
    assertThat(answer.lines()).hasSize(2);
    assertThat(answer.lines().get(0)).startsWith("2026-11-23 12:00:01.000 INFO  shop sold");
    assertThat(answer.lines().get(1)).startsWith("2026-11-22 08:00:00.000 WARN  till");
  }

  @Test
  void aLogCannotSteerTheTerminal() {
    assertThat(run("search", "sold").out()).contains("\\u001b[31m5").doesNotContain("\u001b");
  }

  @Test
  void secretsWereTakenOutOnTheWayIn() {
    assertThat(run("search", "--json", "till").out()).doesNotContain("hunter2hunter2");
  }

  @Test
  void coloursAreForTerminals() {
    assertThat(command().onATerminal().run("search", "kiwis").out()).contains("\u001b[1;31mERROR");
    assertThat(command().onATerminal().variable("NO_COLOR", "1").run("search", "kiwis").out())
        .doesNotContain("\u001b");
  }

  @Test
  void searchIsBoundedByTimeAndNumber() {
    assertThat(run("search", "apples", "--from", "2h").lines()).hasSize(1);
    assertThat(run("search", "apples", "--to", "2026-11-22").lines()).hasSize(1);
    assertThat(run("search", "--limit", "2").lines()).hasSize(2);
    assertThat(run("search", "--count", "--from", "2026-11-23T12:30:00Z").out().strip())
        .isEqualTo("2");
  }

  @Test
  void aQueryWithAPipePrintsATable() {
    CommandRun.Answer answer =
        run("search", "* | stats count(), p50(status), distinct(message) by service | sort -count");

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.lines())
        .containsExactly(
            "  service   count   ~p50(status)   distinct(message)",
            "                2            200                   2",
            "  shop          2                                  2",
            "  till          1                                  1");
    assertThat(run("search", "| top 1 service").lines())
        .containsExactly("  service   count", "  shop          2");
    assertThat(run("search", "apples", "|", "fields", "service,", "@timestamp", "-n", "1").lines())
        .containsExactly("  service   @timestamp", "  shop      2026-11-23T12:00:01.000Z");
  }

  @Test
  void aTableIsJsonWhenAsked() {
    CommandRun.Answer answer =
        run("search", "--json", "| stats count(), max(status) as worst by bin(1d)");

    assertThat(answer.lines())
        .containsExactly(
            "{\"@timestamp\":\"2026-11-22T00:00:00.000Z\",\"count\":1,\"worst\":null}",
            "{\"@timestamp\":\"2026-11-23T00:00:00.000Z\",\"count\":4,\"worst\":500}");
  }

  @Test
  void aLogCannotSteerTheTerminalByATable() {
    assertThat(run("search", "sold | fields message").out())
        .contains("\\u001b[31m5")
        .doesNotContain("\u001b");
  }

  @Test
  void anErrorInAPipeIsMarked() {
    CommandRun.Answer answer = run("search", "kiwis | stats mode(x)");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err())
        .contains("column 15", "there is no function 'mode'")
        .contains("  kiwis | stats mode(x)\n" + " ".repeat(16) + "^");
    assertThat(run("search", "--count", "| top 3 x").err()).contains("makes a table");
    assertThat(run("search", "nothing-like-it | fields message").err())
        .contains("no event matches; there are 5 events in all");
  }

  @Test
  void theLevelThatAStatusImpliesIsFoundAsItIsShown() {
    JsonNode event = JsonMapper.shared().readTree(run("search", "--json", "\"users/18\"").out());

    assertThat(event.get("log.level").asString()).isEqualTo("error");
    assertThat(run("search", "--count", "log.level:error url.path:*").out().strip()).isEqualTo("1");
    assertThat(run("search", "--count", "error").out().strip()).isEqualTo("2");
  }

  @Test
  void jsonCarriesTheIdentityOfTheEvent() {
    JsonNode event = JsonMapper.shared().readTree(run("search", "kiwis", "--json").out());

    assertThat(event.get("@timestamp").asString()).startsWith("2026-11-23T12:00:00.123");
    assertThat(event.get("message").asString()).isEqualTo("no stock of kiwis");
    assertThat(event.get("event.id").asString()).isNotEmpty();
  }

  @Test
  void aQueryErrorIsShownInItsPlace() {
    CommandRun.Answer answer = run("search", "kiwis AND (x");

    assertThat(answer.code()).isEqualTo(2);
    List<String> lines = answer.err().lines().toList();
    assertThat(lines.get(0)).startsWith("logdash: the query has an error in column 11");
    assertThat(lines.get(1)).isEqualTo("  kiwis AND (x");
    assertThat(lines.get(2)).isEqualTo("            ^");
  }

  @Test
  void aTimeThatIsNoneIsMisuse() {
    CommandRun.Answer answer = run("search", "x", "--from", "yesteryear");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("--from: 'yesteryear' is no time");
    assertThat(run("search", "x", "--from", "1h", "--to", "2h").code()).isEqualTo(2);
  }

  @Test
  void nothingFoundSaysHowMuchThereIs() {
    CommandRun.Answer answer = run("search", "pears");

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("no event matches; there are 5 events in all");
  }

  @Test
  void statsCountEventsByServiceAndRequestsByRoute() {
    JsonNode stats = JsonMapper.shared().readTree(run("stats", "--json").out());

    JsonNode shop = byName(stats.get("services"), "service", "shop");
    assertThat(shop.get("count").asLong()).isEqualTo(2);
    assertThat(shop.get("errors").asLong()).isEqualTo(1);
    assertThat(shop.get("severity").get("info").asLong()).isEqualTo(1);
    JsonNode route = stats.get("routes").get(0);
    assertThat(route.get("route").asString()).isEqualTo("/users/{id}");
    assertThat(route.get("count").asLong()).isEqualTo(2);
    assertThat(route.get("errors").asLong()).isEqualTo(1);
    assertThat(route.get("status").get("500").asLong()).isEqualTo(1);
  }

  @Test
  void statsOfASpanCountOnlyItsWindows() {
    JsonNode stats = JsonMapper.shared().readTree(run("stats", "--json", "--from", "2h").out());

    assertThat(stats.get("tier").asString()).isEqualTo("10s");
    assertThat(stats.get("services").findValuesAsString("service")).doesNotContain("till");
    assertThat(byName(stats.get("services"), "service", "shop").get("count").asLong()).isEqualTo(2);
  }

  @Test
  void statsListTheWindowsOfATier() {
    List<JsonNode> windows =
        run("stats", "--windows", "--tier", "1m").lines().stream()
            .map(JsonMapper.shared()::readTree)
            .toList();

    assertThat(windows).extracting(window -> window.get("tier").asString()).containsOnly("1m");
    JsonNode failed =
        windows.stream()
            .filter(window -> window.path("http.response.status_code").asString().equals("500"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.get("statistics").asString()).isEqualTo("requests");
    assertThat(failed.get("window").asString()).isEqualTo("2026-11-23T12:30:00Z");
    assertThat(failed.get("http.route").asString()).isEqualTo("/users/{id}");
    assertThat(failed.get("count").asLong()).isEqualTo(1);
    assertThat(failed.get("errors").asLong()).isEqualTo(1);
    assertThat(run("stats", "--tier", "5m").code()).isEqualTo(2);
  }

  @Test
  void statsAreATableForPeople() {
    CommandRun.Answer answer = run("stats");

    assertThat(answer.code()).isZero();
    assertThat(answer.lines().get(0)).startsWith("From 2026-11-22T00:00:00Z to 2026-11-24T");
    assertThat(answer.out()).contains("service", "/users/{id}", "50.0 %", "p99");
  }

  @Test
  void theDoctorFindsThisFolderSound() {
    CommandRun.Answer answer = run("doctor");

    assertThat(answer.code()).as(answer.out()).isZero();
    assertThat(answer.out()).contains("ok    events", "5 can be searched", "ok    spool");
    assertThat(answer.out()).doesNotContain("fail");
  }

  @Test
  void whoHasTheFolderIsNamed() {
    long pid = ProcessHandle.current().pid();
    try (EmbeddedStorage held = EmbeddedStorage.open(data, CLOCK)) {
      assertThat(held.logStore()).isNotNull();
      CommandRun.Answer answer = run("import", log.toString());

      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.err()).contains("is in use by process " + pid).doesNotContain("\tat ");
      assertThat(run("search", "--count").out().strip()).isEqualTo("5");
      assertThat(run("stats").code()).isZero();
      assertThat(run("doctor").out()).contains("ok    lock          process " + pid + " works");
    }
  }

  @Test
  void aFolderThatIsNotThereIsNotMadeByReading() {
    Path nowhere = folder.resolve("nowhere");

    for (String command : List.of("search", "stats")) {
      CommandRun.Answer answer = new CommandRun().data(nowhere).run(command);

      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.err()).contains("there is no data folder", "logdash import");
    }
    assertThat(new CommandRun().data(nowhere).run("doctor").out()).contains("warn  data folder");
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void theDoctorFailsOnAFileInThePlaceOfTheFolder() {
    CommandRun.Answer answer = new CommandRun().data(log).run("doctor");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out()).contains("fail  data folder", "is no folder");
  }

  @Test
  void theDoctorFailsOnAFolderOfANewerFormat() throws IOException {
    Path newer = Files.createDirectory(folder.resolve("newer"));
    Files.writeString(newer.resolve("format"), "99\n");

    CommandRun.Answer answer = new CommandRun().data(newer).run("doctor");

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.out()).contains("fail", "format 99");
  }

  @Test
  void standardInputIsImportedToo() {
    Path other = folder.resolve("other");

    CommandRun.Answer answer = new CommandRun().data(other).in("one\ntwo\n").run("import", "-");

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).startsWith("2 lines read, 2 events stored");
  }

  private static JsonNode byName(JsonNode rows, String field, String name) {
    for (JsonNode row : rows) {
      if (row.get(field).asString().equals(name)) {
        return row;
      }
    }
    throw new AssertionError("no " + field + " " + name + " in " + rows);
  }

  private CommandRun command() {
    return new CommandRun().data(data).clock(CLOCK);
  }

  private CommandRun.Answer run(String... args) {
    return command().run(args);
  }
}
