package dev.logdash.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs a command in this process with streams, variables and properties of its own. */
final class CommandRun {

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private byte[] in = new byte[0];
  private boolean watched;
  private Clock clock = Clock.systemUTC();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** What a command answered. */
  record Answer(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  CommandRun in(String text) {
    return in(text.getBytes(UTF_8));
  }

  CommandRun in(byte[] bytes) {
    in = bytes;
    return this;
  }

  CommandRun variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CommandRun property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  CommandRun data(Path folder) {
    return property("logdash.data.dir", folder.toString());
  }

  CommandRun onATerminal() {
    watched = true;
    return this;
  }

  CommandRun clock(Clock value) {
    clock = value;
    return this;
  }

  /** What was printed so far, also while the command runs. */
  String out() {
    return out.toString(UTF_8);
  }

  /** What was said so far, also while the command runs. */
  String err() {
    return err.toString(UTF_8);
  }

  Answer run(String... args) {
    Console console =
        new Console(
            new ByteArrayInputStream(in),
            out,
            err,
            watched,
            watched,
            environment,
            properties,
            clock);
    int code = CommandLines.run(console, args);
    return new Answer(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}
