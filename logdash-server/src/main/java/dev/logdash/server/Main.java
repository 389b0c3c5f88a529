package dev.logdash.server;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Runs the command line; {@code logdash --help} lists the commands and the exit codes. */
public final class Main {

  /**
   * Which streams a person looks at, as the starting script saw it: {@code out}, {@code err} or
   * both with a comma. Java 17 itself cannot tell them apart.
   */
  private static final String TERMINAL = "logdash.terminal";

  private Main() {}

  public static void main(String[] args) {
    Map<String, String> properties = texts(System.getProperties());
    String terminal = properties.remove(TERMINAL);
    List<String> watched = terminal == null ? List.of() : List.of(terminal.split(",", -1));
    Console console =
        new Console(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err),
            watched.contains("out"),
            watched.contains("err"),
            System.getenv(),
            properties,
            Clock.systemUTC());
    System.exit(CommandLines.run(console, args));
  }

  private static Map<String, String> texts(Properties properties) {
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
    return texts;
  }
}
