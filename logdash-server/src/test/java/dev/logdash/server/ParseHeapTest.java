package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads far more than the heap of a process holds. */
class ParseHeapTest {

  private static final int LINES = 500_000;

  @Test
  void theHeapDoesNotGrowWithTheInput(@TempDir Path folder) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx48m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "parse"))
            .redirectError(errors.toFile())
            .start();
    CompletableFuture<Long> printed = CompletableFuture.supplyAsync(() -> lines(process));
    long bytes = write(process);

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

    String told = Files.readString(errors);
    assertThat(process.exitValue()).as(told).isZero();
    assertThat(bytes).isGreaterThan(48L << 20);
    assertThat(printed.get(1, TimeUnit.MINUTES)).isEqualTo(LINES);
    assertThat(told).contains("500,000 lines, ").contains("/s").doesNotContain("OutOfMemory");
  }

  private static long write(Process process) throws IOException {
    long bytes = 0;
    try (OutputStream in = process.getOutputStream()) {
      for (int i = 0; i < LINES; i++) {
        String line =
            String.format(
                "2024-05-01 10:%02d:%02d,%03d [http-nio-8080-exec-%d] INFO  dev.shop.OrderService -"
                    + " order %d of customer %d took %d ms%n",
                i / 60 % 60, i % 60, i % 1_000, i % 20, i, i % 9_973, i % 1_999);
        byte[] encoded = line.getBytes(UTF_8);
        in.write(encoded);
        bytes += encoded.length;
      }
    }
    return bytes;
  }

  private static long lines(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))
        .lines()
        .count();
  }
}
