package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the system that send logs, and what they said, in a folder of a test. */
final class RealPrograms {

  static final Path KCAT = Path.of("/usr/bin/kcat");

  private static final Path LOGGER = Path.of("/usr/bin/logger");
  private static final Path RSYSLOG = Path.of("/usr/sbin/rsyslogd");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;

  RealPrograms(Path folder) {
    this.folder = folder;
  }

  static boolean haveLogger() {
    return Files.isExecutable(LOGGER);
  }

  static boolean haveRsyslog() {
    return haveLogger() && Files.isExecutable(RSYSLOG);
  }

  /** Whether rsyslog has an output of a name. */
  static boolean haveRsyslogOutput(String name) {
    return haveRsyslog()
        && Files.exists(
            Path.of("/usr/lib/" + architecture() + "-linux-gnu/rsyslog/" + name + ".so"));
  }

  /**
   * Starts rsyslog, which takes what {@link #local} says.
   *
   * @param more of its configuration: what it does with it
   */
  Process rsyslog(String more) throws Exception {
    Path configuration = folder.resolve("rsyslog.conf");
    Files.writeString(
        configuration,
        """
        global(workDirectory="%1$s")
        module(load="imuxsock" SysSock.Use="off")
        input(type="imuxsock" Socket="%1$s/log" RateLimit.Interval="0")
        %2$s
        """
            .formatted(folder, more));
    Process rsyslog =
        start(
            RSYSLOG,
            List.of("-n", "-f", configuration.toString(), "-i", folder.resolve("pid").toString()));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(folder.resolve("log")) && System.nanoTime() < end) {
      assertThat(rsyslog.isAlive()).as(said()).isTrue();
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return rsyslog;
  }

  /** Logs to rsyslog as a program of a name. */
  void local(String name, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-u", folder.resolve("log").toString(), "-t", name));
    all.addAll(List.of(arguments));
    logger(all.toArray(String[]::new));
  }

  void logger(String... arguments) throws Exception {
    run(LOGGER, List.of(arguments));
  }

  /** Runs a program until it ends without a failure. */
  void run(Path program, List<String> arguments) throws Exception {
    Process process = start(program, arguments);
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(said()).isTrue();
    assertThat(process.exitValue()).as(said()).isZero();
  }

  static void end(Process process) throws Exception {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** What all of them printed. */
  String said() throws Exception {
    Path said = folder.resolve("said");
    return Files.exists(said) ? Files.readString(said, UTF_8) : "";
  }

  private Process start(Path program, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    File said = folder.resolve("said").toFile();
    return new ProcessBuilder(command)
        .redirectInput(new File("/dev/null"))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(said))
        .redirectErrorStream(true)
        .start();
  }

  private static String architecture() {
    return System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
  }
}
