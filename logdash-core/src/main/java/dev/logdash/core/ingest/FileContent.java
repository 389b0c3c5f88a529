package dev.logdash.core.ingest;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What a file holds at one moment, uncompressed if it begins like a gzip file. Bytes that are
 * appended later are not seen.
 */
final class FileContent implements Closeable {

  private static final int GZIP_BUFFER = 64 * 1024;

  private final FileChannel channel;
  private final long fileSize;
  private final boolean compressed;
  private final byte[] head;
  private final InputStream inflated;
  private ChannelInput input;

  FileContent(FileChannel channel) throws IOException {
    this.channel = channel;
    this.fileSize = channel.size();
    this.input = new ChannelInput(channel, 0, fileSize);
    byte[] magic = readUpTo(new ChannelInput(channel, 0, fileSize), 2);
    this.compressed = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    InputStream bytes = compressed ? inflater(input) : input;
    this.head = readUpTo(bytes, Fingerprint.BYTES);
    TextEncoding.requireBytes(head);
    this.inflated = bytes;
  }

  /** The first KiB of the content, or all of it if there is less. */
  byte[] head() {
    return head;
  }

  /** The size of the content; unknown, and so without end, if it is compressed. */
  long size() {
    return compressed ? Long.MAX_VALUE : fileSize;
  }

  boolean isCompressed() {
    return compressed;
  }

  long fileSize() {
    return fileSize;
  }

  /** How much of the file was read, compressed where it is compressed. */
  long fileBytesRead() {
    return input.position();
  }

  /** The content from an offset on; empty if it ends before. To be called once. */
  InputStream from(long offset) throws IOException {
    if (!compressed) {
      input = new ChannelInput(channel, offset, fileSize);
      return input;
    }
    InputStream all =
        new SequenceInputStream(new ByteArrayInputStream(head), inflated) {
          @Override
          public int available() {
            // Nobody waits for a file, and the seam behind the head is no end.
            return 1;
          }
        };
    try {
      all.skipNBytes(offset);
    } catch (EOFException shorter) {
      return InputStream.nullInputStream();
    }
    return all;
  }

  /** Up to so many bytes in front of an offset; none if the content is compressed. */
  byte[] before(long offset, int most) throws IOException {
    if (compressed) {
      return new byte[0];
    }
    long start = Math.max(0, offset - most);
    return readUpTo(new ChannelInput(channel, start, offset), (int) (offset - start));
  }

  /** The same content once more, to be read beside this one. */
  FileContent again() throws IOException {
    return new FileContent(channel);
  }

  @Override
  public void close() throws IOException {
    inflated.close();
  }

  private static InputStream inflater(InputStream in) throws IOException {
    try {
      return new Inflated(new GZIPInputStream(in, GZIP_BUFFER));
    } catch (EOFException headerIncomplete) {
      return InputStream.nullInputStream();
    } catch (ZipException e) {
      throw new IOException("begins like a gzip file but is none");
    }
  }

  /**
   * A stream that breaks off counts as ended: whoever reads on behind the head meets the failure.
   */
  private static byte[] readUpTo(InputStream in, int limit) throws IOException {
    byte[] bytes = new byte[limit];
    int size = 0;
    try {
      for (int read; size < limit && (read = in.read(bytes, size, limit - size)) >= 0; ) {
        size += read;
      }
    } catch (CutOff ended) {
      return Arrays.copyOf(bytes, size);
    }
    return Arrays.copyOf(bytes, size);
  }

  /** Compressed content that ends before its end. */
  private static final class CutOff extends IOException {
    private static final long serialVersionUID = 1L;

    CutOff() {
      super(
          "the gzip file is cut off, or still being written; what came before is taken. Import it"
              + " again when it is whole");
    }
  }

  /** Says what is wrong with compressed content in the words of who has to act on it. */
  private static final class Inflated extends FilterInputStream {

    Inflated(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return in.read(into, offset, length);
      } catch (EOFException e) {
        throw new CutOff();
      } catch (ZipException e) {
        throw new IOException(
            "the gzip file is damaged (" + e.getMessage() + "); what came before is taken");
      }
    }

    @Override
    public long skip(long wanted) throws IOException {
      byte[] passed = new byte[(int) Math.min(8192, Math.max(1, wanted))];
      int read = wanted <= 0 ? 0 : read(passed, 0, passed.length);
      return Math.max(0, read);
    }
  }
}
