package dev.logdash.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdash.api.error.BackendException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody should import, imported. */
@Timeout(120)
class BadInputTest {

  @TempDir private Path folder;
  private Path good;

  @BeforeEach
  void aGoodFile() throws IOException {
    good = Files.writeString(folder.resolve("good.log"), "one good line\nand another\n");
  }

  @Test
  void anEmptyFileIsNoFailure() {
    CommandRun.Answer answer = importing(file("empty.log", ""));

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("0 lines read", "these files are empty or were imported");
  }

  @Test
  void linesOfAnyBytesAreEvents() throws IOException {
    Path odd =
        bytes(
            "odd.log",
            "\u00EF\u00BB\u00BFbehind a mark\na\0b\0c\none\rtwo\nwrong \u00FF\u00FE\u00C3( bytes\nno end"
                .getBytes(ISO_8859_1));

    CommandRun.Answer answer = importing(odd);

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).startsWith("5 lines read, 5 events stored, 0 dead letters, 0 dropped");
    assertThat(run("search").out())
        .contains("behind a mark", "a\\u0000b\\u0000c", "one\\u000dtwo", "wrong", "no end")
        .doesNotContain("\uFEFF", "\0", "\r");
  }

  @Test
  void randomBytesAreEventsOrPartsOfThem() throws IOException {
    byte[] garbage = new byte[200_000];
    new Random(5).nextBytes(garbage);
    // Neither the mark of a compressed file nor of UTF-16.
    garbage[0] = 'x';
    long lines = 0;
    for (byte b : garbage) {
      lines += b == '\n' ? 1 : 0;
    }

    CommandRun.Answer answer = importing(bytes("garbage.bin", garbage), good);

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out().replace(",", "")).startsWith((lines + 3) + " lines read ");
    assertThat(answer.out()).contains(" 0 dead letters, 0 dropped");
    assertThat(run("search", "good", "--count").out().strip()).isEqualTo("1");
  }

  @Test
  void utf16IsRefusedWithTheWayToConvertIt() throws IOException {
    Path wide = bytes("wide.log", "hello\nworld\n".getBytes(UTF_16));

    CommandRun.Answer answer = importing(wide, good);

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("wide.log: is in UTF-16; convert it first: iconv");
    assertThat(answer.out()).startsWith("2 lines read, 2 events stored");
    CommandRun.Answer parsed = run("parse", wide.toString());
    assertThat(parsed.code()).isEqualTo(1);
    assertThat(parsed.err()).contains("wide.log: is in UTF-16");
  }

  @Test
  void aCompressedFileThatIsCutOffIsTakenAsFarAsItGoesAndThenToItsEnd() throws IOException {
    Path zipped = folder.resolve("cut.log.gz");
    byte[] whole = zipped(noise(3_000));
    Files.write(zipped, Arrays.copyOf(whole, whole.length / 2));

    CommandRun.Answer first = importing(zipped);
    long before = Long.parseLong(run("search", "--count").out().strip());
    Files.write(zipped, whole);
    CommandRun.Answer second = importing(zipped);

    assertThat(first.code()).isEqualTo(1);
    assertThat(first.err()).contains("cut.log.gz: the gzip file is cut off");
    assertThat(before).isBetween(500L, 2_999L);
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(run("search", "noise", "--count").out().strip()).isEqualTo("3000");
  }

  @Test
  void aCompressedFileThatIsDamagedOrNoneIsNamed() throws IOException {
    byte[] whole = zipped(noise(3_000));
    whole[whole.length - 6] ^= 0x55;
    Path damaged = bytes("damaged.log.gz", whole);
    Path none = bytes("none.gz", "\u001F\u008Bno gzip at all\n".getBytes(ISO_8859_1));

    CommandRun.Answer answer = importing(damaged, none, good);

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err())
        .contains("damaged.log.gz: the gzip file is damaged")
        .contains("none.gz: begins like a gzip file but is none");
    assertThat(run("search", "good", "--count").out().strip()).isEqualTo("1");
  }

  @Test
  void whatIsNoFileIsNamedAndTheOthersAreTaken() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("directory"));
    Path pipe = folder.resolve("pipe");
    boolean made =
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS);

    CommandRun.Answer answer =
        importing(directory, folder.resolve("missing.log"), made ? pipe : directory, good);

    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err())
        .contains("directory: is a directory; name its files")
        .contains("missing.log: no such file\n");
    if (Files.exists(pipe)) {
      assertThat(answer.err()).contains("pipe: is no regular file; read it as standard input");
    }
    assertThat(answer.out()).startsWith("2 lines read, 2 events stored");
    assertThat(run("parse", directory.toString()).err()).contains("directory: ");
    assertThat(run("parse", folder.resolve("missing.log").toString()).err())
        .contains("missing.log: no such file");
  }

  @Test
  void aRefusalOfRightsSaysWhatToDo() {
    assertThat(CommandLines.sentence("a.log", new AccessDeniedException("a.log")))
        .isEqualTo("a.log: no right to read it; run as its owner, or change its rights");
  }

  @Test
  void aReasonIsSaidOnce() {
    BackendException bare =
        new BackendException.Unavailable("cannot use /x", new NoSuchFileException("/x"));
    BackendException said =
        new BackendException.Unavailable("/x: no disk", new IOException("no disk"));
    BackendException complete =
        new BackendException.Overloaded("no space; free some", new IOException("no space left"));

    assertThat(CommandLines.sentence(bare)).isEqualTo("cannot use /x: no such file: /x");
    assertThat(CommandLines.sentence(said)).isEqualTo("/x: no disk");
    assertThat(CommandLines.sentence(complete)).isEqualTo("no space; free some");
  }

  @Test
  void aFileWithoutRightsIsNamed() throws IOException {
    Path locked = file("locked.log", "secret\n");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(locked), "this user may read a file without rights (root?)");
    CommandRun.Answer answer = importing(locked, good);
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("locked.log: no right to read it");
    assertThat(answer.out()).startsWith("2 lines read");
  }

  @Test
  void ofALineOfAHundredMegabytesTheBeginningIsKeptAndThatIsSaid() throws IOException {
    Path zipped = folder.resolve("long.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped), 1 << 16)) {
      byte[] part = "x".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 100; i++) {
        out.write(part);
      }
      out.write("\nbehind it\n".getBytes(UTF_8));
    }

    CommandRun.Answer answer = importing(zipped);

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out())
        .startsWith("2 lines read, 2 events stored")
        .contains("1 line was longer than logdash.spool.max-record-bytes and cut to it");
    assertThat(run("search", "behind").lines()).hasSize(1);
  }

  @Test
  void jsonThatIsMadeToHurtIsTextAndTheNextLineIsFine() {
    StringBuilder keys = new StringBuilder("{\"message\":\"keys\"");
    for (int i = 0; i < 1_000_000; i++) {
      keys.append(",\"k").append(i).append("\":").append(i);
    }
    Path bombs =
        file(
            "bombs.log",
            String.join(
                "\n",
                "[".repeat(100_000) + "]".repeat(100_000),
                "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000),
                "{\"n\":" + "9".repeat(300_000) + ",\"message\":\"long number\"}",
                "{\"n\":1e999999999,\"m\":-1e-999999999,\"message\":\"wide numbers\"}",
                keys + "}",
                "{\"message\":\"same\",\"a\":1,\"a\":2}",
                "{\"message\":\"behind the bombs\",\"log.level\":\"warn\"}\n"));

    CommandRun.Answer answer = importing(bombs);

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).startsWith("7 lines read, 7 events stored");
    assertThat(run("search", "behind AND log.level:warn").lines()).hasSize(1);
    assertThat(run("parse", bombs.toString()).lines()).hasSize(7);
  }

  @Test
  void aTimeThatCannotBeIsReplacedByThatOfReception() {
    Path dates =
        file(
            "dates.log",
            """
            1970-01-01T00:00:00Z INFO at the epoch
            1969-12-31T23:59:59Z INFO impossible
            9999-12-31T23:59:59Z INFO impossible
            0000-01-01T00:00:00Z INFO impossible
            -0001-01-01T00:00:00Z INFO impossible
            10000-01-01T00:00:00Z INFO impossible
            2026-13-45T99:99:99Z INFO impossible
            {"@timestamp":-1,"message":"impossible"}
            {"@timestamp":99999999999999999999,"message":"impossible"}
            {"@timestamp":1e400,"message":"impossible"}
            {"@timestamp":"9999-12-31T23:59:59Z","message":"impossible"}
            """);

    CommandRun.Answer answer = importing(dates);

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).startsWith("11 lines read, 11 events stored");
    assertThat(run("search", "impossible", "--from", "1h", "--count").out().strip())
        .isEqualTo("10");
    assertThat(run("search", "epoch", "--to", "1971-01-01", "--count").out().strip())
        .isEqualTo("1");
    assertThat(run("stats").code()).isZero();
  }

  @Test
  void aQueryCannotSteerTheTerminal() {
    importing(good);

    CommandRun.Answer answer = run("search", "a\u0001b\u001B[31m (");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("column 11").doesNotContain("\u001B", "\u0001");
    assertThat(run("search", "\0\u001B\u007F").err()).doesNotContain("\u001B", "\0");
    assertThat(run("sea\u001Brch").err()).doesNotContain("\u001B");
  }

  private CommandRun.Answer importing(Path... files) {
    String[] args = new String[files.length + 1];
    args[0] = "import";
    for (int i = 0; i < files.length; i++) {
      args[i + 1] = files[i].toString();
    }
    CommandRun.Answer answer = run(args);
    assertThat(answer.err()).doesNotContain("\tat ", "Exception");
    return answer;
  }

  private CommandRun.Answer run(String... args) {
    return new CommandRun().data(folder.resolve("data")).run(args);
  }

  private Path file(String name, String text) {
    return bytes(name, text.getBytes(UTF_8));
  }

  private Path bytes(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String noise(int lines) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("noise ").append(Long.toString(random.nextLong(), 36)).append('\n');
    }
    return text.toString();
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
