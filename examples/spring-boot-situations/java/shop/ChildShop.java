package shop;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The application in a process of its own, as people start it. */
final class ChildShop implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Pattern STARTED =
      Pattern.compile(
          "Started ShopApplication in ([0-9.]+) seconds \\(process running for ([0-9.]+)\\)");

  private final Process process;
  private final Path output;

  private ChildShop(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** The class path of the tests. */
  static List<String> classPath() {
    String path = System.getProperty("surefire.test.class.path");
    String all = path != null ? path : System.getProperty("java.class.path");
    return List.of(all.split(File.pathSeparator));
  }

  static ChildShop start(List<String> classPath, Path output, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", String.join(File.pathSeparator, classPath)));
    command.add(ShopApplication.class.getName());
    command.add("--server.port=0");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new ChildShop(process, output);
  }

  /** Waits until it has started as often, and gives its address, with a slash at the end. */
  URI started(int times) throws IOException {
    Waiting.until(
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(output));
          }
          return find(STARTED).size() >= times;
        });
    List<MatchResult> ports = find(PORT);
    return URI.create("http://localhost:" + ports.get(ports.size() - 1).group(1) + '/');
  }

  /** How long its last start took, in seconds, from the start of the process. */
  double seconds() throws IOException {
    List<MatchResult> starts = find(STARTED);
    return Double.parseDouble(starts.get(starts.size() - 1).group(2));
  }

  /** How much of the processors it has used so far, in seconds. */
  double processorSeconds() {
    return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis() / 1_000.0;
  }

  private List<MatchResult> find(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(output)).results().toList();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }
}
