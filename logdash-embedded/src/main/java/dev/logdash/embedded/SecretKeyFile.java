package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The key of an installation's secrets, in the file {@code secret.key} of its data folder, which
 * its owner alone can read. For whoever holds the lock of the folder.
 */
public final class SecretKeyFile {

  private static final String NAME = "secret.key";

  private SecretKeyFile() {}

  /**
   * The key, which is made if there is none.
   *
   * @param bytes how long it is
   * @param random where a new one comes from: a {@link java.security.SecureRandom}, except in tests
   * @throws BackendException.Misconfigured if the file cannot be read or written, or is no such key
   */
  public static byte[] read(Path folder, int bytes, RandomGenerator random) {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        make(file, bytes, random);
      }
      byte[] key = Files.readAllBytes(file);
      if (key.length != bytes) {
        throw new BackendException.Misconfigured(
            file + " is damaged: it has " + key.length + " bytes, expected were " + bytes, null);
      }
      return key;
    } catch (IOException e) {
      throw new BackendException.Misconfigured(
          file + " cannot be used: " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
  }

  private static void make(Path file, int bytes, RandomGenerator random) throws IOException {
    byte[] key = new byte[bytes];
    random.nextBytes(key);
    Path half = file.resolveSibling(NAME + ".tmp");
    Files.deleteIfExists(half);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] owner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (var channel =
        Files.newByteChannel(
            half, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
      var buffer = java.nio.ByteBuffer.wrap(key);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
