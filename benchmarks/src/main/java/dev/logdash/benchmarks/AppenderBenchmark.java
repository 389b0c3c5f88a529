package dev.logdash.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a log call costs its caller, with each appender in a process of its own. */
public final class AppenderBenchmark {

  private AppenderBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println(Machine.describe());
    System.out.println();
    System.out.println("| appender | p50 ns | p99 ns | p99.9 ns | max ns | bytes/call |");
    System.out.println("|---|---|---|---|---|---|");
    for (AppenderPeer peer : AppenderPeer.values()) {
      Path work = Files.createTempDirectory("logdash-appender");
      try {
        List<String> child = List.of(peer.name(), work.toString());
        System.out.print(JvmRun.of("512m", work, AppenderCalls.class.getName(), child).output());
      } finally {
        try (Stream<Path> files = Files.walk(work)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }
}
