package dev.logdash.dashboard;

import dev.logdash.core.auth.FirstAdministrator;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Hands the link for the first administrator to whoever runs the host: on the terminal if there is
 * one, else in a file that only the owner of the process can read. Never through a logger nor on a
 * standard output that is no terminal, since both may be shipped to where others can read them.
 */
final class SetUpLink {

  static final String FILE = "first-administrator.txt";

  private static final Logger LOG = LoggerFactory.getLogger(SetUpLink.class);

  private final FirstAdministrator first;
  private final Path file;
  private final Supplier<@Nullable PrintWriter> terminal;

  SetUpLink(FirstAdministrator first, Path folder, Supplier<@Nullable PrintWriter> terminal) {
    this.first = first;
    this.file = folder.resolve(FILE);
    this.terminal = terminal;
  }

  /** The terminal of this process; null where nobody sits. */
  // Null is the answer up to Java 21; what later ones answer is looked at below.
  @SuppressWarnings("SystemConsoleNull")
  static @Nullable PrintWriter terminal() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      // Since Java 22 there may be a console that is no terminal.
      Object answer = Console.class.getMethod("isTerminal").invoke(console);
      return Boolean.TRUE.equals(answer) ? console.writer() : null;
    } catch (NoSuchMethodException e) {
      return console.writer();
    } catch (IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }

  /**
   * Gives a new link if there is nobody yet, which makes those before worthless. Gives whether a
   * later call is of use: the link is in a file and ends after half an hour.
   *
   * @param dashboard the address of the dashboard, with a slash at its end
   */
  Mono<Boolean> offer(String dashboard) {
    return first
        .offer()
        .map(code -> hand(dashboard + "setup#code=" + code))
        .switchIfEmpty(Mono.fromSupplier(this::tidy));
  }

  private boolean hand(String link) {
    PrintWriter out = terminal.get();
    if (out != null) {
      out.println("Make the first administrator of logdash within 30 minutes: " + link);
      out.flush();
      return false;
    }
    try {
      write(link + System.lineSeparator());
      LOG.info("logdash has no users yet; the link that makes the first one is in {}", file);
    } catch (IOException e) {
      LOG.warn("The link for the first administrator could not be written to {}", file, e);
    }
    return true;
  }

  private void write(String text) throws IOException {
    Files.deleteIfExists(file);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (SeekableByteChannel out =
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private boolean tidy() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("The link that is of no use any more could not be removed from {}", file, e);
    }
    return false;
  }
}
