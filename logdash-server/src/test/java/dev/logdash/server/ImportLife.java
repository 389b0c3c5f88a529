package dev.logdash.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One life of an import, in a Java machine of its own; killed at the latest when it is closed. */
final class ImportLife implements AutoCloseable {

  private static final int KILLED = 128 + 9;
  private static final long PATIENCE_SECONDS = 100;

  private final KilledImport.Order order;
  private final Path said;
  private final Process process;

  private ImportLife(KilledImport.Order order, Path said, Process process) {
    this.order = order;
    this.said = said;
    this.process = process;
  }

  /**
   * @param machine how Java is called, up to the name of the class
   */
  static ImportLife begin(List<String> machine, KilledImport.Order order) throws IOException {
    Files.deleteIfExists(order.report());
    Path said = order.report().resolveSibling("said");
    List<String> command = new ArrayList<>(machine);
    command.add(KilledImport.class.getName());
    command.addAll(order.arguments());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    return new ImportLife(order, said, process);
  }

  /** Lets it come to its end. */
  String finish() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw unexpected();
    }
    return Files.readString(said);
  }

  /** Kills it in its gap; false if it came to its end without staying there. */
  boolean killInGap() throws IOException, InterruptedException {
    return killWhen(GapWatch.Report::announced, 0);
  }

  /**
   * Kills it a while after so many passes through gaps, wherever it is; false if it has ended by
   * then.
   */
  boolean killAfter(long passes, long micros) throws IOException, InterruptedException {
    return killWhen(report -> report.passes() >= passes, micros);
  }

  private boolean killWhen(Predicate<GapWatch.Report> condition, long micros)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(order.report()) || !condition.test(report())) {
      if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
        return ended();
      }
      if (System.nanoTime() > end) {
        throw unexpected();
      }
    }
    process.waitFor(micros, TimeUnit.MICROSECONDS);
    process.destroyForcibly();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw unexpected();
    }
    return ended();
  }

  private boolean ended() {
    int code = process.exitValue();
    if (code != 0 && code != KILLED) {
      throw unexpected();
    }
    return code == KILLED;
  }

  GapWatch.Report report() throws IOException {
    return GapWatch.Report.read(order.report());
  }

  private AssertionError unexpected() {
    String state = process.isAlive() ? "is still running" : "ended with " + process.exitValue();
    try {
      return new AssertionError(order + " " + state + " and said: " + Files.readString(said));
    } catch (IOException e) {
      return new AssertionError(order + " " + state, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
