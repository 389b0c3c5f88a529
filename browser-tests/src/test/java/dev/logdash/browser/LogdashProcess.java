package dev.logdash.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A logdash command in a process of its own, on a port of its own, told by what it prints. */
final class LogdashProcess implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("listens on (http\\S+)");
  private static final Pattern SET_UP = Pattern.compile("(http\\S+setup#code=\\S+)");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final String address;
  private final String setUp;

  private LogdashProcess(Process process, String address, String setUp) {
    this.process = process;
    this.address = address;
    this.setUp = setUp;
  }

  /** The demo, as the README starts it. */
  static LogdashProcess demo() throws Exception {
    return start(List.of("demo", "--port", "0"));
  }

  /** A server that takes logs from this machine without a key. */
  static LogdashProcess serve(Path data, String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("logdash.data.dir=" + data);
    all.add("logdash.server.port=0");
    all.add("logdash.ingest.open-loopback=true");
    List<String> arguments = new ArrayList<>();
    all.forEach(setting -> arguments.addAll(List.of("-D", setting)));
    arguments.add("serve");
    return start(arguments);
  }

  private static LogdashProcess start(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.logdash.server.Main");
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      BufferedReader out = process.inputReader(UTF_8);
      CompletableFuture<String> setUp = new CompletableFuture<>();
      CompletableFuture<String> address = new CompletableFuture<>();
      Thread reader = new Thread(() -> read(out, address, setUp), "logdash-output");
      reader.setDaemon(true);
      reader.start();
      return new LogdashProcess(
          process,
          address.get(PATIENCE_SECONDS, TimeUnit.SECONDS),
          setUp.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** Where it listens, with a slash at the end. */
  String address() {
    return address;
  }

  /** Where the first administrator is made. */
  String setUp() {
    return setUp;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new AssertionError("the process did not end when it was told to");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void read(
      BufferedReader out, CompletableFuture<String> address, CompletableFuture<String> setUp) {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        complete(address, ADDRESS.matcher(line));
        complete(setUp, SET_UP.matcher(line));
      }
    } catch (IOException e) {
      setUp.completeExceptionally(e);
    }
    IllegalStateException ended = new IllegalStateException("the process has ended");
    address.completeExceptionally(ended);
    setUp.completeExceptionally(ended);
  }

  private static void complete(CompletableFuture<String> value, Matcher line) {
    if (line.find()) {
      value.complete(line.group(1));
    }
  }
}
