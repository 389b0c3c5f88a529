package dev.logdash.core.ingest;

import dev.logdash.api.ingest.Submission;
import java.io.IOException;

/**
 * Hears what a reader cannot put right by itself. Called on the reader's threads, so it returns
 * quickly; what it throws ends the current pass over the files, which is then tried again.
 */
public interface IngestListener {

  /** A file or folder cannot be read; others are read on. Said once until the failure changes. */
  default void unreadable(String path, IOException failure) {}

  /** A line that the sink will never accept. It is not stored. */
  default void rejected(Submission line, String reason) {}

  /** The sink refuses for now; the same lines are offered again after a pause. */
  default void waiting(Throwable failure) {}

  /** Lines reached the sink. For a compressed file the compressed bytes count. */
  default void progress(long bytesDone, long bytesTotal) {}

  /** Hears nothing. */
  static IngestListener noop() {
    return new IngestListener() {};
  }
}
