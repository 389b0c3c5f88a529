package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/** Sorts the failures of Lucene by what helps against them. */
final class LuceneErrors {

  private static final Pattern FILE = Pattern.compile("[/\\\\]([^/\\\\\")]+)(?:[\")]|$)");

  private LuceneErrors() {}

  /**
   * @param where the folder that was used
   */
  static BackendException translate(Object where, Throwable failure) {
    if (failure instanceof BackendException known) {
      return known;
    }
    if (failure instanceof VirtualMachineError error) {
      throw error;
    }
    if (EmbeddedErrors.isDiskFull(failure)) {
      return new BackendException.Overloaded(
          "no space left for " + where + "; free some, then it goes on by itself", failure);
    }
    if (failure instanceof LockObtainFailedException) {
      return new BackendException.Misconfigured(
          where + " is in use by another process; stop that first", failure);
    }
    if (failure instanceof AccessDeniedException) {
      return new BackendException.Misconfigured(
          where + " cannot be read and written; give this process the right to", failure);
    }
    if (failure instanceof IndexFormatTooNewException) {
      return new BackendException.Misconfigured(
          where + " was written by a newer version of logdash; use that one, or another folder",
          failure);
    }
    Throwable damage = damage(failure);
    if (damage != null) {
      return damaged(where, damage);
    }
    if (failure instanceof IOException || failure instanceof IllegalStateException) {
      return new BackendException.Unavailable("cannot use " + where, failure);
    }
    if (failure instanceof RuntimeException bug) {
      throw bug;
    }
    return new BackendException.Unavailable("cannot use " + where, failure);
  }

  /** Says of a folder that it is damaged, where, and what to do. */
  static BackendException.Misconfigured damaged(Object where, Throwable damage) {
    return new BackendException.Misconfigured(
        where
            + " is damaged ("
            + describe(damage)
            + "); restore it from a backup, or stop logdash, move it away and go on without the"
            + " events of that day",
        damage);
  }

  /** Which of the causes of a failure says that a file is damaged; null if none does. */
  static @Nullable Throwable damage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // No version of logdash wrote a format that is too old, so that one is no format at all.
      if (cause instanceof CorruptIndexException
          || cause instanceof IndexFormatTooOldException
          || cause instanceof EOFException) {
        return cause;
      }
    }
    return null;
  }

  private static String describe(Throwable damage) {
    if (damage instanceof CorruptIndexException corrupt) {
      String file = file(corrupt.getResourceDescription());
      return corrupt.getCause() instanceof NoSuchFileException
          ? file + " is missing"
          : file + ": " + String.valueOf(corrupt.getOriginalMessage()).toLowerCase(Locale.ROOT);
    }
    String message = String.valueOf(damage.getMessage());
    return damage instanceof IndexFormatTooOldException
        ? file(message) + " does not begin like an index"
        : message;
  }

  /** The last name in the path that a description of Lucene has somewhere. */
  private static String file(String description) {
    Matcher matcher = FILE.matcher(description);
    return matcher.find() ? matcher.group(1) : description;
  }
}
