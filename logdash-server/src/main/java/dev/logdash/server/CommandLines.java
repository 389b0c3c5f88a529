package dev.logdash.server;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command and makes of every failure a sentence and an exit code. */
final class CommandLines {

  private CommandLines() {}

  /** Runs a command line and answers with its exit code. */
  static int run(Console console, String... args) {
    CommandLine line = of(console);
    try {
      int code = line.execute(args);
      console.out().flush();
      return code;
    } catch (Console.OutputLost e) {
      return lost(console, e);
    } finally {
      console.err().flush();
    }
  }

  static CommandLine of(Console console) {
    CommandLine line = new CommandLine(new LogdashCommand(console));
    line.addSubcommand(new ParseCommand(console));
    line.addSubcommand(new TemplatesCommand(console));
    line.addSubcommand(new ImportCommand(console));
    line.addSubcommand(new MigrateCommand(console));
    line.addSubcommand(new SearchCommand(console));
    line.addSubcommand(new TailCommand(console));
    line.addSubcommand(new StatsCommand(console));
    line.addSubcommand(new DoctorCommand(console));
    line.addSubcommand(new ServeCommand(console));
    line.addSubcommand(new DemoCommand(console));
    line.addSubcommand(new VersionCommand(console));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((error, args) -> misused(console, error));
    line.setExecutionStrategy(CommandLines::execute);
    line.setExecutionExceptionHandler((error, command, parsed) -> failed(console, error, command));
    return line;
  }

  private static int execute(ParseResult parsed) {
    CommandLine root = root(parsed.commandSpec().commandLine());
    if (((LogdashCommand) root.getCommand()).verbose()) {
      QuietLogging.tellMore();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int misused(Console console, ParameterException error) {
    console.err().println("logdash: " + plain(error.getMessage()));
    PrintWriter err = new PrintWriter(console.err(), true, StandardCharsets.UTF_8);
    UnmatchedArgumentException.printSuggestions(error, err);
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    console.err().println("Try '" + command + " --help'.");
    return ExitCode.USAGE;
  }

  private static int lost(Console console, Console.OutputLost error) {
    if (error.byReader()) {
      return ExitCode.OK;
    }
    console.err().println("logdash: the output cannot be written: " + error.getMessage());
    return ExitCode.SOFTWARE;
  }

  private static int failed(Console console, Exception error, CommandLine command) {
    if (error instanceof Console.OutputLost lost) {
      return lost(console, lost);
    }
    if (error instanceof CommandFailed failure) {
      console.err().println("logdash: " + plain(failure.getMessage()));
      trace(console, error, command);
      return failure.exitCode();
    }
    if (error instanceof ConfigException settings) {
      console.err().println("logdash: the configuration cannot be used");
      settings.problems().forEach(text -> console.err().println("  " + plain(text)));
      trace(console, error, command);
      return ExitCode.USAGE;
    }
    console.err().println("logdash: " + plain(sentence(error)));
    if (!trace(console, error, command)) {
      if (!(error instanceof BackendException) && !(error instanceof IOException)) {
        console.err().println("Run it with --verbose to see where it happened.");
      }
    }
    return ExitCode.SOFTWARE;
  }

  private static boolean trace(Console console, Exception error, CommandLine command) {
    boolean verbose = ((LogdashCommand) root(command).getCommand()).verbose();
    if (verbose) {
      error.printStackTrace(console.err());
    }
    return verbose;
  }

  private static CommandLine root(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root;
  }

  /** Takes from a text what could steer a terminal; line feeds stay, and so does each place. */
  static String plain(@Nullable String text) {
    return String.valueOf(text).replaceAll("[\\p{Cntrl}&&[^\n]]", "\uFFFD");
  }

  /** What went wrong with a file, which is named once. */
  static String sentence(String file, IOException error) {
    if (error instanceof NoSuchFileException) {
      return file + ": no such file";
    }
    if (error instanceof AccessDeniedException) {
      return file + ": no right to read it; run as its owner, or change its rights";
    }
    return file + ": " + sentence(error);
  }

  /** What a failure is, in one sentence. */
  static String sentence(Throwable error) {
    if (error instanceof UncheckedIOException && error.getCause() != null) {
      return sentence(error.getCause());
    }
    if (error instanceof NoSuchFileException) {
      return "no such file: " + error.getMessage();
    }
    if (error instanceof AccessDeniedException) {
      return "no right to read or write " + error.getMessage();
    }
    String message = error.getMessage();
    if (error instanceof BackendException || error instanceof IOException) {
      Throwable cause = error.getCause();
      // A message that says what to do is complete.
      String text = String.valueOf(message);
      if (cause == null || text.contains("; ")) {
        return text;
      }
      String reason = sentence(cause);
      return text.contains(reason) ? text : text + ": " + reason;
    }
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
