package dev.logdash.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which ends with the virtual machine at the latest. Its output
 * goes to a file, the end of which is in the message if it does not start.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);
  private static final int TOLD_CHARACTERS = 4_000;

  private final String name;
  private final Process process;
  private final Path output;
  private final Thread atExit;

  private ServerProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
    this.atExit = new Thread(process::destroyForcibly, "end-" + name);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Tells whether a server answers. */
  @FunctionalInterface
  public interface Readiness {

    /** An exception means that it does not answer yet. */
    boolean test() throws Exception;
  }

  /**
   * Starts a command in a folder and waits until it is ready.
   *
   * @throws IllegalStateException if it ends before, or is not ready in time
   */
  public static ServerProcess start(
      String name, List<String> command, Path folder, Readiness readiness, Duration within) {
    Path output = folder.resolve(name + ".out");
    ServerProcess server;
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
      server = new ServerProcess(name, process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not start: " + command.get(0), e);
    }
    try {
      server.await(readiness, within);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** A port of the loopback address that is free now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of the process, for the tools of the system. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What the server has printed. */
  public String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, as a failing machine would, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops it where it is ({@code SIGSTOP}); connections stay open and nobody answers. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on after {@link #pause}. */
  public void resume() {
    signal("CONT");
  }

  /** Asks it to end, and ends it if it does not. Idempotent. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    awaitEnd();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The virtual machine is ending already.
    }
  }

  private void await(Readiness readiness, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            name + " ended with " + process.exitValue() + " as it started:\n" + tail());
      }
      try {
        if (readiness.test()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      try {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(name + ": interrupted", e);
      }
    }
    throw new IllegalStateException(name + " is not ready within " + within + ":\n" + tail(), last);
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(name + " cannot be ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("cannot send " + signal + " to " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String tail() {
    String all = output();
    return all.substring(Math.max(0, all.length() - TOLD_CHARACTERS));
  }
}
