package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** What a command has of the world around the process. */
final class Console {

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean outWatched;
  private final boolean errWatched;
  private final Map<String, String> environment;
  private final Map<String, String> properties;
  private final Clock clock;

  /**
   * @param outWatched whether a person looks at the output
   * @param errWatched whether a person looks at the messages
   */
  Console(
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean outWatched,
      boolean errWatched,
      Map<String, String> environment,
      Map<String, String> properties,
      Clock clock) {
    this.in = in;
    this.out =
        new PrintStream(new BufferedOutputStream(new Outlet(out), BUFFER_BYTES), false, UTF_8);
    this.err = new PrintStream(err, true, UTF_8);
    this.outWatched = outWatched;
    this.errWatched = errWatched;
    this.environment = Map.copyOf(environment);
    this.properties = Map.copyOf(properties);
    this.clock = clock;
  }

  InputStream in() {
    return in;
  }

  /** Buffered; fails with {@link OutputLost} when what reads it has gone. */
  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** What a person types at the terminal without seeing it; empty where there is no terminal. */
  // The starting script keeps the meaning that null had before Java 22.
  @SuppressWarnings("SystemConsoleNull")
  String password(String prompt) {
    java.io.Console terminal = System.console();
    char[] typed = terminal == null ? null : terminal.readPassword("%s", prompt);
    return typed == null ? "" : new String(typed);
  }

  /** Whether a person looks at the output. */
  boolean outWatched() {
    return outWatched;
  }

  /** Whether a person looks at the messages, so that progress may be shown there. */
  boolean errWatched() {
    return errWatched;
  }

  /** Whether texts may be coloured: on a terminal, unless NO_COLOR or a dumb terminal forbids. */
  boolean colours() {
    return outWatched
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  Map<String, String> environment() {
    return environment;
  }

  Map<String, String> properties() {
    return properties;
  }

  Clock clock() {
    return clock;
  }

  /** The output cannot be written. */
  static final class OutputLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutputLost(IOException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }

    /** Whether the reader has closed its end, which is its right: {@code | head} does. */
    boolean byReader() {
      String message = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
      return message.contains("pipe") || message.contains("connection reset");
    }
  }

  // A PrintStream keeps quiet about an IOException; work for nobody would go on for hours.
  private static final class Outlet extends FilterOutputStream {

    Outlet(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int b) {
      try {
        out.write(b);
      } catch (IOException e) {
        throw new OutputLost(e);
      }
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
      try {
        out.write(bytes, start, length);
      } catch (IOException e) {
        throw new OutputLost(e);
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw new OutputLost(e);
      }
    }
  }
}
