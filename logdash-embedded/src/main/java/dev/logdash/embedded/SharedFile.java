package dev.logdash.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;

/**
 * The bytes of an MVStore file for reading. Takes no lock: MVStore's own store takes a shared one
 * even to read, which nobody gets while the file has a writer.
 */
final class SharedFile extends RandomAccessStore {

  private final FileChannel channel;

  SharedFile(Path file) throws IOException {
    super(new HashMap<>());
    channel = FileChannel.open(file, StandardOpenOption.READ);
    init(file.toString(), true);
    saveChunkLock.lock();
    try {
      setSize(channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    } finally {
      saveChunkLock.unlock();
    }
  }

  @Override
  public void open(String fileName, boolean readOnly, char[] encryptionKey) {}

  @Override
  public FileStore<SFChunk> open(String fileName, boolean readOnly) {
    throw new UnsupportedOperationException("each reader opens the file itself");
  }

  @Override
  public ByteBuffer readFully(SFChunk chunk, long position, int length) {
    return readFully(channel, position, length);
  }

  @Override
  protected void writeFully(SFChunk chunk, long position, ByteBuffer bytes) {
    throw readOnly();
  }

  @Override
  protected void truncate(long size) {
    throw readOnly();
  }

  @Override
  public void backup(ZipOutputStream out) {
    throw readOnly();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_READING_FAILED, "Could not close {0}", getFileName(), e);
    } finally {
      super.close();
    }
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("opened only to read");
  }
}
