package dev.logdash.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link KilledImport} in a Java machine of its own. */
final class ImportProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private ImportProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static ImportProcess start(KilledImport.Order order) throws IOException {
    Path out = order.place().resolve("out");
    Path err = order.place().resolve("err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Short lives: what a compiler could win, they do not live to see.
    command.addAll(
        List.of("-Xmx256m", "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(KilledImport.class.getName());
    command.addAll(order.arguments());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new ImportProcess(process, out, err);
  }

  /** The exit code, when the process has ended. */
  int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + PATIENCE_SECONDS + " s; " + said());
    }
    return process.exitValue();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** The last line that it wrote, if it ended by itself. */
  String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(out);
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  boolean hasStarted() throws IOException {
    return Files.size(out) > 0;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String said() {
    try {
      return "it said: " + Files.readString(out) + Files.readString(err);
    } catch (IOException e) {
      return "it said nothing readable";
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
