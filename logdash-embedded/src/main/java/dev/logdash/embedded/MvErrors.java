package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Sorts the failures of MVStore by what helps against them. */
final class MvErrors {

  private MvErrors() {}

  static BackendException translate(Path file, Exception failure) {
    if (failure instanceof MVStoreException mvStore) {
      switch (mvStore.getErrorCode()) {
        case DataUtils.ERROR_FILE_LOCKED:
          return new BackendException.Misconfigured(
              file + " is in use by another process or another store; stop that first", failure);
        case DataUtils.ERROR_FILE_CORRUPT:
        case DataUtils.ERROR_CHUNK_NOT_FOUND:
        case DataUtils.ERROR_BLOCK_NOT_FOUND:
        case DataUtils.ERROR_SERIALIZATION:
          return new BackendException.Misconfigured(
              file + " is damaged; restore it from a backup, or move it away to start empty",
              failure);
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
      return new BackendException.Overloaded("no space left for " + file, failure);
    }
    return new BackendException.Unavailable("cannot use " + file, failure);
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
