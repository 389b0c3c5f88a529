package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.error.BackendException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A spool's folder on a real disk. */
public final class DiskFiles implements SpoolFiles {

  private static final String LOCK = "lock";

  private final Path folder;

  public DiskFiles(Path folder) {
    this.folder = Objects.requireNonNull(folder, "folder").toAbsolutePath();
  }

  @Override
  public String location() {
    return folder.toString();
  }

  @Override
  public Closeable lock() throws IOException {
    try {
      Files.createDirectories(folder);
      // Closing any channel on a locked file gives the whole process's lock on it away, so a folder
      // of this process, whatever the class loader, must be recognised without opening the file.
      String mark = "dev.logdash.spool." + folder.toRealPath();
      String pid = String.valueOf(ProcessHandle.current().pid());
      if (System.getProperties().putIfAbsent(mark, pid) != null) {
        throw inUse(pid);
      }
      Closeable lock = null;
      try {
        lock = takeLock(folder.resolve(LOCK));
      } finally {
        if (lock == null) {
          System.clearProperty(mark);
        }
      }
      Closeable taken = lock;
      return () -> {
        taken.close();
        System.clearProperty(mark);
      };
    } catch (AccessDeniedException e) {
      throw new BackendException.Misconfigured(
          "No permission to write to the spool folder " + folder, e);
    } catch (FileSystemException e) {
      throw new BackendException.Misconfigured(
          "The spool folder " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  private Closeable takeLock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = tryLock(channel);
      if (lock == null) {
        throw inUse(Files.readString(path).strip());
      }
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return channel;
  }

  private BackendException inUse(String pid) {
    return new BackendException.Misconfigured(
        "The spool folder "
            + folder
            + " is in use by process "
            + pid
            + "; stop that process or choose another folder",
        null);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> String.valueOf(path.getFileName())).toList();
    }
  }

  @Override
  public SpoolFile create(String name) throws IOException {
    return new DiskFile(
        folder.resolve(name),
        FileChannel.open(
            folder.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public SpoolFile open(String name) throws IOException {
    return new DiskFile(folder.resolve(name), DiskFile.reopen(folder.resolve(name)));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public void force() throws IOException {
    // Windows has no way to open a folder, and its file system needs none.
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      while (!forced()) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean forced() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }
}
