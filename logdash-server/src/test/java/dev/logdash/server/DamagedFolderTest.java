package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdash.api.document.Document;
import dev.logdash.api.document.DocumentStore;
import dev.logdash.embedded.EmbeddedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder whose files are not what logdash wrote, and the way back. */
@Timeout(120)
class DamagedFolderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  // Two days of reception: the older one stays as it is.
  private static final Clock YESTERDAY = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void twoDays() {
    data = folder.resolve("data");
    assertThat(
            new CommandRun()
                .data(data)
                .clock(YESTERDAY)
                .run("import", log("old", 20).toString())
                .code())
        .isZero();
    assertThat(run("import", log("today", 30).toString()).code()).isZero();
  }

  @Test
  void aDamagedDayStopsTheImportAndNothingElse() throws IOException {
    Path day = lastDay();
    overwrite(newest(day, "segments_"));

    CommandRun.Answer imported = run("import", log("next", 7).toString());
    assertThat(imported.code()).isEqualTo(1);
    assertThat(imported.err())
        .contains(day.getFileName() + " is damaged (segments_", "move it away")
        .doesNotContain("\tat ", "Exception");

    CommandRun.Answer found = run("search", "event");
    assertThat(found.code()).isEqualTo(1);
    assertThat(found.lines()).hasSize(20);
    assertThat(found.err()).contains("the answer is without a day: ", "is damaged");
    assertThat(run("stats").code()).isZero();
    CommandRun.Answer doctor = run("doctor");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .contains("fail  events", day.getFileName().toString(), "restore it", "20 can be searched");

    Files.move(day, folder.resolve("aside"));
    CommandRun.Answer again = run("import", folder.resolve("next.log").toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(run("search", "next", "--count").out().strip()).isEqualTo("7");
    assertThat(run("search", "event", "--count").out().strip()).isEqualTo("27");
    assertThat(run("doctor").code()).isZero();
  }

  @Test
  void aByteThatOnlyTheDoctorFindsIsFound() throws IOException {
    Path segment = newest(lastDay(), "_0.cfs");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 0x5A;
    Files.write(segment, bytes);

    CommandRun.Answer doctor = run("doctor");

    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out()).contains("fail  events", lastDay().getFileName() + " is damaged (_0");
  }

  @Test
  void damagedStatisticsStopTheImportButNoSearch() throws IOException {
    Path store = data.resolve("store.mv");
    overwrite(store);

    for (String command : new String[] {"stats", "import"}) {
      CommandRun.Answer answer =
          command.equals("stats") ? run("stats") : run("import", log("next", 7).toString());
      assertThat(answer.code()).as(command).isEqualTo(1);
      assertThat(answer.err())
          .contains(store + " is damaged", "restore it from a backup", "move it away")
          .doesNotContain("\tat ", "Exception");
    }
    assertThat(run("search", "event", "--count").out().strip()).isEqualTo("50");
    CommandRun.Answer doctor = run("doctor");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out()).contains("fail  statistics", "store.mv is damaged");

    Files.move(store, folder.resolve("aside"));
    assertThat(run("import", folder.resolve("next.log").toString()).code()).isZero();
    assertThat(run("search", "event", "--count").out().strip()).isEqualTo("57");
    assertThat(run("doctor").code()).isZero();
  }

  @Test
  void aDamagedSnapshotIsNamed() {
    String key;
    try (EmbeddedStorage storage = EmbeddedStorage.open(data, Clock.systemUTC())) {
      DocumentStore documents = storage.documentStore();
      Document snapshot = documents.list("snapshot/", "", 1).blockFirst(PATIENCE);
      key = snapshot.key();
      documents.put(key, snapshot.version(), "{\"format\":1,\"next\":\"x").block(PATIENCE);
    }

    CommandRun.Answer imported = run("import", log("next", 7).toString());
    CommandRun.Answer doctor = run("doctor");

    assertThat(imported.code()).isEqualTo(1);
    assertThat(imported.err())
        .contains("the document " + key + " is damaged", "restore")
        .doesNotContain("\tat ", "Exception");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out()).contains("fail  statistics", key + " is damaged");
    assertThat(run("search", "event", "--count").out().strip()).isEqualTo("50");
  }

  @Test
  void aDamagedSpoolMetaIsNamed() throws IOException {
    overwrite(data.resolve("spool").resolve("meta"));

    CommandRun.Answer imported = run("import", log("next", 7).toString());

    assertThat(imported.code()).isEqualTo(1);
    assertThat(imported.err()).contains("meta", "damaged or missing; restore it");
    assertThat(run("doctor").out()).contains("fail  spool");
    assertThat(run("search", "event", "--count").out().strip()).isEqualTo("50");
  }

  @Test
  void aDamagedSpoolSegmentCostsNoMoreThanItsRecords() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("spool"))) {
      for (Path segment : files.filter(file -> file.toString().endsWith(".seg")).toList()) {
        byte[] bytes = Files.readAllBytes(segment);
        for (int i = 200; i < Math.min(bytes.length, 400); i++) {
          bytes[i] ^= 0x5A;
        }
        Files.write(segment, bytes);
      }
    }

    CommandRun.Answer imported = run("import", log("next", 7).toString());

    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(run("search", "event", "--count").out().strip()).isEqualTo("57");
  }

  private Path lastDay() throws IOException {
    return newest(data.resolve("search"), "logdash-default-");
  }

  private static Path newest(Path where, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }

  private static void overwrite(Path file) throws IOException {
    byte[] bytes = new byte[(int) Files.size(file)];
    new Random(1).nextBytes(bytes);
    Files.write(file, bytes);
  }

  private Path log(String name, int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("{\"message\":\"event of ").append(name).append(' ').append(i).append("\"}\n");
    }
    try {
      return Files.writeString(folder.resolve(name + ".log"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private CommandRun.Answer run(String... args) {
    return new CommandRun().data(data).run(args);
  }
}
