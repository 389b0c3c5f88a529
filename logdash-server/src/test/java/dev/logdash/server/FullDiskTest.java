package dev.logdash.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class FullDiskTest {

  @TempDir private Path folder;
  private boolean mounted;

  @AfterEach
  void giveTheDiskBack() throws Exception {
    if (mounted) {
      assertThat(command("umount", disk().toString())).isEmpty();
    }
  }

  @Test
  void anImportWaitsForSpaceAndThenLosesAndDoublesNothing() throws Exception {
    Files.createDirectories(disk());
    String refusal = command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk().toString());
    mounted = refusal.isEmpty();
    assumeTrue(mounted, "no small disk could be mounted: " + refusal);
    Path ballast = disk().resolve("ballast");
    fill(ballast, 9 << 20);
    Path log = folder.resolve("app.log");
    try (var out = Files.newBufferedWriter(log)) {
      for (int i = 0; i < 40_000; i++) {
        out.write("{\"service.name\":\"shop\",\"message\":\"event " + i + " of a customer\"}\n");
      }
    }

    CommandRun run = new CommandRun();
    CompletableFuture<CommandRun.Answer> importing =
        CompletableFuture.supplyAsync(() -> run.data(data()).run("import", log.toString()));
    while (!run.err().contains("waiting: ")) {
      assertThat(doneWithin(importing, 100)).as("the disk was large enough").isFalse();
    }
    // To the last byte: now the stores fail too.
    fill(disk().resolve("more"), Integer.MAX_VALUE);
    assertThat(reading("search", "--count").code()).isZero();
    Files.delete(disk().resolve("more"));
    Files.delete(ballast);
    CommandRun.Answer answer = importing.get(90, TimeUnit.SECONDS);

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).startsWith("40,000 lines read, 40,000 events stored");
    assertThat(answer.err()).doesNotContain("\tat ", "Exception");
    assertThat(reading("search", "event", "--count").out().strip()).isEqualTo("40000");
    assertThat(reading("stats", "--json").out()).contains("\"count\":40000");
    assertThat(reading("doctor").out()).contains("40,000 can be searched");
  }

  private static boolean doneWithin(CompletableFuture<?> work, long millis) throws Exception {
    try {
      work.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private CommandRun.Answer reading(String... args) {
    return new CommandRun().data(data()).run(args);
  }

  private Path disk() {
    return folder.resolve("disk");
  }

  private Path data() {
    return disk().resolve("data");
  }

  private static void fill(Path file, long bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] part = new byte[1 << 16];
      for (long written = 0; written < bytes; written += part.length) {
        out.write(part);
      }
    } catch (IOException e) {
      if (bytes != Integer.MAX_VALUE) {
        throw e;
      }
    }
  }

  /** Answers with why a command failed; with nothing if it did not. */
  private static String command(String... words) throws Exception {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 ? "" : "exit code " + process.exitValue() + " " + said;
    } catch (IOException e) {
      return e.toString();
    }
  }
}
