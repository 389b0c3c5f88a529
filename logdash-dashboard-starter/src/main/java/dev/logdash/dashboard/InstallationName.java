package dev.logdash.dashboard;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The name that a data folder has for ever, by which others know who works on it. */
final class InstallationName {

  private static final String FILE = "name";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}");

  private InstallationName() {}

  /**
   * Reads the name, or gives one.
   *
   * @throws BackendException.Misconfigured if the folder cannot be used
   */
  static String of(Path folder, RandomGenerator random) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.exists(file)) {
        String name = Files.readString(file).strip();
        if (NAME.matcher(name).matches()) {
          return name;
        }
      }
      String name = HexFormat.of().toHexDigits(random.nextLong());
      Files.createDirectories(folder);
      Path written = Files.writeString(folder.resolve(FILE + ".new"), name + "\n");
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      return name;
    } catch (IOException e) {
      throw new BackendException.Misconfigured(
          file + " cannot be used (" + e.getMessage() + ")", e);
    }
  }
}
