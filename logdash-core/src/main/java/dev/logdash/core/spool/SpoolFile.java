package dev.logdash.core.spool;

import java.io.Closeable;
import java.io.IOException;

/** An open file of a spool, read and written by position. Safe for use by many threads. */
public interface SpoolFile extends Closeable {

  long size() throws IOException;

  /**
   * Reads bytes.
   *
   * @return how many were read, less than asked only at the end of the file; 0 behind it
   */
  int read(byte[] target, int start, int length, long position) throws IOException;

  /** Writes all the bytes or fails; after a failure any part of them may be there. */
  void write(byte[] bytes, int start, int length, long position) throws IOException;

  /** Cuts the file off at a length. */
  void truncate(long length) throws IOException;

  /** Makes the content survive a power loss. After a failure nothing is known about it. */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
