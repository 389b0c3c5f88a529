package dev.logdash.core.spool;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The folder of one spool. Everything a spool keeps goes through here, so that a test can lose,
 * tear or refuse any of it.
 */
public interface SpoolFiles {

  /** The folder, as a person would look for it. */
  String location();

  /**
   * Makes the folder if it is missing and takes it for this process until the result is closed.
   * Fails with {@link dev.logdash.api.error.BackendException.Misconfigured} where another holds it.
   */
  Closeable lock() throws IOException;

  /** The names of the files in the folder, in any order. */
  List<String> list() throws IOException;

  /** Makes an empty file, or empties the one of that name. */
  SpoolFile create(String name) throws IOException;

  /** Opens a file; fails with {@link java.nio.file.NoSuchFileException} where there is none. */
  SpoolFile open(String name) throws IOException;

  /** Gives a file another name in one step; a file that had the name is gone. */
  void rename(String from, String to) throws IOException;

  /** Removes a file; a missing one is fine. */
  void delete(String name) throws IOException;

  /** Makes what was created, renamed and deleted survive a power loss. */
  void force() throws IOException;

  /** The device has no room, or the quota is used up. */
  final class NoSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSpaceException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
