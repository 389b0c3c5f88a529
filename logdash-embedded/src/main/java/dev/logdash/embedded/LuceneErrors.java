package dev.logdash.embedded;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.LockObtainFailedException;

/** Sorts the failures of Lucene by what helps against them. */
final class LuceneErrors {

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
      return new BackendException.Overloaded("no space left for " + where, failure);
    }
    if (failure instanceof LockObtainFailedException) {
      return new BackendException.Misconfigured(
          where + " is in use by another process; stop that first", failure);
    }
    if (failure instanceof AccessDeniedException) {
      return new BackendException.Misconfigured(
          where + " cannot be read and written; give this process the right to", failure);
    }
    if (failure instanceof IndexFormatTooNewException
        || failure instanceof IndexFormatTooOldException) {
      return new BackendException.Misconfigured(
          where + " has a format that this version does not read", failure);
    }
    if (failure instanceof CorruptIndexException) {
      return new BackendException.Misconfigured(
          where + " is damaged; restore it from a backup, or move it away and import it again",
          failure);
    }
    if (failure instanceof IOException || failure instanceof IllegalStateException) {
      return new BackendException.Unavailable("cannot use " + where, failure);
    }
    if (failure instanceof RuntimeException bug) {
      throw bug;
    }
    return new BackendException.Unavailable("cannot use " + where, failure);
  }
}
