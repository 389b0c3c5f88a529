package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file {@code lock} of a data folder: locked by the process whose id is in it. */
final class FolderLock implements Closeable {

  /*
   * Closing any channel on a locked file gives the whole process's lock on it away, so a folder that
   * this process has, whatever the class loader, must be recognised without opening the file.
   */

  private static final String FILE = "lock";
  private static final int MAX_PID_BYTES = 32;

  private final FileChannel channel;
  private final String mark;

  private FolderLock(FileChannel channel, String mark) {
    this.channel = channel;
    this.mark = mark;
  }

  /** Takes a folder; fails if anybody has it. */
  static FolderLock take(Path folder) throws IOException {
    String mark = mark(folder);
    String pid = Long.toString(ProcessHandle.current().pid());
    if (System.getProperties().putIfAbsent(mark, pid) != null) {
      throw inUse(folder, pid);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        throw inUse(folder, owner(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      taken = true;
      return new FolderLock(channel, mark);
    } finally {
      if (!taken) {
        System.clearProperty(mark);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** Who has a folder: a process id, or nothing where nobody has it. */
  static Optional<String> owner(Path folder) throws IOException {
    String own = System.getProperty(mark(folder));
    if (own != null) {
      return Optional.of(own);
    }
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return tryLock(channel) == null ? Optional.of(owner(channel)) : Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      System.clearProperty(mark);
    }
  }

  private static String mark(Path folder) throws IOException {
    return "dev.logdash.folder." + folder.toRealPath();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String owner(FileChannel channel) {
    try {
      ByteBuffer pid = ByteBuffer.allocate(MAX_PID_BYTES);
      int read = channel.read(pid, 0);
      return read <= 0
          ? ""
          : new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      // Windows lets nobody read what is locked; the message does without.
      return "";
    }
  }

  private static BackendException inUse(Path folder, String owner) {
    return new BackendException.Misconfigured(
        folder
            + " is in use"
            + (owner.isEmpty() ? "" : " by process " + owner)
            + "; stop that first, or choose another data folder",
        null);
  }
}
