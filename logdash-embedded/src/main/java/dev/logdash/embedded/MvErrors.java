package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Sorts the failures of MVStore by what helps against them. */
final class MvErrors {

  private MvErrors() {}

  /** Refuses what a newer version of logdash wrote. */
  static void requireReadable(Path file, MVStore store) {
    int found = store.getStoreVersion();
    if (found > MvMaps.FORMAT) {
      throw new BackendException.Misconfigured(
          file
              + " has format "
              + found
              + ", which a newer version of logdash wrote; this one reads up to "
              + MvMaps.FORMAT,
          null);
    }
  }

  /** A caller's own mistake comes back as it is. */
  static BackendException translate(Path file, Exception failure) {
    if (failure instanceof BackendException known) {
      return known;
    }
    if (failure instanceof IllegalArgumentException mistake) {
      throw mistake;
    }
    if (failure instanceof MVStoreException mvStore) {
      switch (mvStore.getErrorCode()) {
        case DataUtils.ERROR_FILE_LOCKED:
          return new BackendException.Misconfigured(
              file + " is in use by another process or another store; stop that first", failure);
        case DataUtils.ERROR_FILE_CORRUPT:
        case DataUtils.ERROR_CHUNK_NOT_FOUND:
        case DataUtils.ERROR_BLOCK_NOT_FOUND:
        case DataUtils.ERROR_SERIALIZATION:
          return damaged(file, failure);
        case DataUtils.ERROR_INTERNAL:
          return damaged(file, failure);
        case DataUtils.ERROR_READING_FAILED:
          if (endsTooEarly(failure)) {
            return damaged(file, failure);
          }
          break;
        case DataUtils.ERROR_UNSUPPORTED_FORMAT:
          return new BackendException.Misconfigured(
              file + " has a format that this version does not read", failure);
        default:
          break;
      }
    }
    if (isDenied(failure)) {
      return new BackendException.Misconfigured(
          file + " cannot be read and written; give this process the right to", failure);
    }
    if (EmbeddedErrors.isDiskFull(failure)) {
      return new BackendException.Overloaded(
          "no space left for " + file + "; free some, then it goes on by itself", failure);
    }
    if (failure instanceof RuntimeException && !(failure instanceof MVStoreException)) {
      // What was written is not what was read: some damage passes the checks of MVStore.
      return damaged(file, failure);
    }
    return new BackendException.Unavailable("cannot use " + file, failure);
  }

  private static BackendException damaged(Path file, Exception failure) {
    return new BackendException.Misconfigured(
        file
            + " is damaged; restore it from a backup, or stop logdash and move it away: then"
            + " statistics begin anew",
        failure);
  }

  private static boolean endsTooEarly(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDenied(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof AccessDeniedException || message.contains("Permission denied")) {
        return true;
      }
    }
    return false;
  }
}
