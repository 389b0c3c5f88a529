package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of a class in a virtual machine of its own.
 *
 * @param seconds of the whole process, the start of the machine included
 * @param cpuSeconds of all its threads, nearly to the end
 * @param heapMegabytes the most heap that was in use behind a full collection; 0 if there was none
 * @param residentMegabytes the most memory of the process; 0 where the system does not tell
 * @param output what it printed
 */
record JvmRun(
    double seconds, double cpuSeconds, long heapMegabytes, long residentMegabytes, String output) {

  private static final Pattern PAUSE = Pattern.compile("Pause Full .*?\\d+M->(\\d+)M\\(");
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final long LOOK_MILLIS = 100;

  /**
   * Runs a class on this class path, with the options of the launcher of logdash.
   *
   * @param heap as behind {@code -Xmx}
   * @param work for the log of the collector and the output
   * @throws IOException if it does not end well
   */
  static JvmRun of(String heap, Path work, String mainClass, List<String> arguments)
      throws IOException, InterruptedException {
    Path gcLog = work.resolve("gc.log");
    Path output = work.resolve("output.txt");
    Path errors = work.resolve("errors.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Xshare:auto");
    command.add("-Djava.awt.headless=true");
    command.add("-Xmx" + heap);
    command.add("-Xlog:gc:file=" + gcLog + "::filecount=0");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(arguments);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    long resident = 0;
    Duration cpu = Duration.ZERO;
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        cpu = process.info().totalCpuDuration().orElse(cpu);
        resident = Math.max(resident, resident(status));
      }
    } finally {
      process.destroyForcibly();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException(
          mainClass + " ended with " + process.exitValue() + ": " + Files.readString(errors));
    }
    return new JvmRun(
        seconds, cpu.toMillis() / 1e3, heap(gcLog), resident, Files.readString(output, UTF_8));
  }

  /** The most memory of a process so far; 0 where the system does not tell. */
  static long resident(Path status) {
    try {
      Matcher matcher = RESIDENT.matcher(Files.readString(status));
      return matcher.find() ? Long.parseLong(matcher.group(1)) / 1_024 : 0;
    } catch (IOException e) {
      // No such file system, or the process has just ended.
      return 0;
    }
  }

  private static long heap(Path gcLog) throws IOException {
    try (Stream<String> lines = Files.lines(gcLog)) {
      return lines
          .map(PAUSE::matcher)
          .filter(Matcher::find)
          .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
          .max()
          .orElse(0);
    }
  }
}
