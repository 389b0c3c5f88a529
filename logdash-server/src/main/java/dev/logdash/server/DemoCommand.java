package dev.logdash.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Says what to run until there is a dashboard to show. */
@Command(
    name = "demo",
    description = "Show a dashboard with live data. It comes with the server part.")
final class DemoCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new CommandFailed(
        ExitCode.USAGE,
        "the demo comes with the server part, which this version does not have yet; to try what is"
            + " there, run 'logdash import FILE', then 'logdash search QUERY' and 'logdash"
            + " stats'.");
  }
}
