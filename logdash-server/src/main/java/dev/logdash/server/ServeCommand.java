package dev.logdash.server;

import dev.logdash.core.config.BackendKeys;
import dev.logdash.core.config.ConfigKeys;
import dev.logdash.core.config.LogdashConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import reactor.core.Disposables;

/** Takes logs in and shows them, until it is told to end. */
@Command(
    name = "serve",
    description = {
      "Take logs in over HTTP and syslog, and show them in a browser.",
      "",
      "Runs until it is told to end; what was taken in is then safe on the disk."
    })
final class ServeCommand implements Callable<Integer> {

  private final Console console;

  @ParentCommand private @Nullable LogdashCommand parent;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 for any that is free. Default: the setting logdash.server.port.")
  private @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "The network interface. Default: the setting logdash.server.host, else 127.0.0.1, which"
              + " only this machine reaches.")
  private @Nullable String host;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "Which part of the work: ingest, process, dashboard or all. Default: the setting"
              + " logdash.server.role, else all.")
  private @Nullable String role;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder. Default: the setting logdash.data.dir.")
  private @Nullable Path data;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    LogdashConfig config = LogdashCommand.of(parent).config(options());
    RunningServer.untilToldToEnd(config, console, server -> Disposables.disposed(), () -> {});
    return ExitCode.OK;
  }

  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    if (data != null) {
      options.put(ConfigKeys.DATA_DIR.name(), data.toString());
    }
    if (host != null) {
      options.put(ConfigKeys.SERVER_HOST.name(), host);
    }
    if (role != null) {
      options.put(BackendKeys.SERVER_ROLE.name(), role);
    }
    if (port != null) {
      options.put(ConfigKeys.SERVER_PORT.name(), port.toString());
    }
    return options;
  }
}
