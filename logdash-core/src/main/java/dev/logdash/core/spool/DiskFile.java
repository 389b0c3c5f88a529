package dev.logdash.core.spool;

import dev.logdash.core.spool.SpoolFiles.NoSpaceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A channel closes itself when a thread that uses it is interrupted. The spool runs on its callers'
 * threads and must outlive their interrupts, so it opens the file again.
 */
final class DiskFile implements SpoolFile {

  private final Path path;
  private FileChannel channel;
  private boolean closed;

  DiskFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static FileChannel reopen(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public long size() throws IOException {
    return uninterrupted(FileChannel::size);
  }

  @Override
  public int read(byte[] target, int start, int length, long position) throws IOException {
    return uninterrupted(
        file -> {
          ByteBuffer buffer = ByteBuffer.wrap(target, start, length);
          while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position() - start) < 0) {
              break;
            }
          }
          return buffer.position() - start;
        });
  }

  @Override
  public void write(byte[] bytes, int start, int length, long position) throws IOException {
    try {
      uninterrupted(
          file -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, start, length);
            while (buffer.hasRemaining()) {
              file.write(buffer, position + buffer.position() - start);
            }
            return length;
          });
    } catch (IOException e) {
      throw isFull(e) ? new NoSpaceException("No space left for " + path, e) : e;
    }
  }

  @Override
  public void truncate(long length) throws IOException {
    uninterrupted(file -> file.truncate(length));
  }

  @Override
  public void force() throws IOException {
    try {
      uninterrupted(
          file -> {
            file.force(false);
            return true;
          });
    } catch (IOException e) {
      // Where blocks are allocated late, a full disk first shows here.
      throw isFull(e) ? new NoSpaceException("No space left for " + path, e) : e;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  private <T> T uninterrupted(Use<T> use) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        FileChannel current = current();
        try {
          return use.on(current);
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          replace(current, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized FileChannel current() {
    return channel;
  }

  private synchronized void replace(FileChannel dead, ClosedChannelException e) throws IOException {
    if (closed) {
      throw e;
    }
    if (channel == dead) {
      channel = reopen(path);
    }
  }

  private static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("quota exceeded")
        || message.contains("not enough space")
        || message.contains("file too large");
  }

  private interface Use<T> {
    T on(FileChannel file) throws IOException;
  }
}
