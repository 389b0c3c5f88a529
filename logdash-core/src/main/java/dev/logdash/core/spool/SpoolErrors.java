package dev.logdash.core.spool;

import dev.logdash.api.error.BackendException;
import dev.logdash.core.spool.SpoolFiles.NoSpaceException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;

/** Sorts failures of the disk by what the caller should do next. */
final class SpoolErrors {

  private SpoolErrors() {}

  static BackendException translate(Exception error) {
    if (error instanceof BackendException known) {
      return known;
    }
    if (error instanceof NoSpaceException) {
      return new BackendException.Overloaded("The disk of the spool is full", error);
    }
    if (error instanceof AccessDeniedException || error instanceof ReadOnlyFileSystemException) {
      return new BackendException.Misconfigured("The spool may not write to its folder", error);
    }
    return unavailable(error);
  }

  static BackendException unavailable(Exception error) {
    return error instanceof IOException
        ? new BackendException.Unavailable("The disk of the spool failed", error)
        : new BackendException.Unavailable("The spool failed", error);
  }
}
