package dev.logdash.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Says which build this is and what it runs on. */
@Command(name = "version", description = "Show the version, and the Java that runs it.")
final class VersionCommand implements Callable<Integer> {

  private final Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println(Version.text());
    console
        .out()
        .println(
            "Java "
                + console.properties().getOrDefault("java.version", "unknown")
                + " ("
                + console.properties().getOrDefault("java.vendor", "unknown")
                + ")");
    return ExitCode.OK;
  }
}
