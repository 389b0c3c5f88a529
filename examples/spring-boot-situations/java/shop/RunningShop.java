package shop;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.LogQuery;
import dev.logdash.core.Logdash;
import dev.logdash.dashboard.HostedLogdash;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application of the example, in this process, on a free port and a folder of its own. */
final class RunningShop implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ConfigurableApplicationContext context;

  private RunningShop(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static RunningShop start(Path folder, String... arguments) {
    return start(List.of(ShopApplication.class), folder, arguments);
  }

  static RunningShop start(List<Class<?>> sources, Path folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--server.port=0");
    all.add("--logdash.data.dir=" + folder);
    SpringApplication application = new SpringApplication(sources.toArray(Class[]::new));
    return new RunningShop(application.run(all.toArray(String[]::new)));
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  HostedLogdash logdash() {
    return context.getBean(HostedLogdash.class);
  }

  /** With a slash at its end. */
  URI base() {
    String port = context.getEnvironment().getProperty("local.server.port");
    String path = context.getEnvironment().getProperty("server.servlet.context-path", "");
    return URI.create("http://localhost:" + port + path + '/');
  }

  Browser browser() {
    return new Browser(base().resolve(logdash().path().substring(1) + '/'));
  }

  /** The events whose message has a text, once all that was logged before is stored. */
  List<LogEvent> events(String text) {
    Logdash logdash = logdash().logdash().orElseThrow();
    logdash.drain().block(PATIENCE);
    return logdash
        .search()
        .search(LogQuery.builder().limit(5_000).build())
        .block(PATIENCE)
        .events()
        .stream()
        .filter(event -> event.message().contains(text))
        .toList();
  }

  /** Waits until there are as many, and gives those that there are then. */
  List<LogEvent> events(String text, int count) throws IOException {
    Waiting.until(() -> events(text).size() >= count);
    return events(text);
  }

  @Override
  public void close() {
    context.close();
  }
}
