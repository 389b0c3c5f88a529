package dev.logdash.embedded;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/**
 * The reader that searches of an index share, until what was written since is too old to be left
 * out. For use under the lock of the index, but for {@link #changed}.
 */
final class CurrentReader {

  private final long refreshNanos;
  private @Nullable DirectoryReader reader;
  private volatile boolean changed;
  private long refreshedAt;

  /**
   * Has no reader yet.
   *
   * @param refreshNanos how long a change may wait for a search to see it
   */
  CurrentReader(long refreshNanos) {
    this.refreshNanos = refreshNanos;
  }

  /** Says that the writer has more than the reader. */
  void changed() {
    changed = true;
  }

  @Nullable DirectoryReader get() {
    return reader;
  }

  /** Whether a search should see more than it would. */
  boolean isStale(boolean now) {
    return changed && (now || reader == null || System.nanoTime() - refreshedAt > refreshNanos);
  }

  /** Goes over to all that a writer has; stays with what it has where there is none. */
  void refresh(@Nullable IndexWriter writer) throws IOException {
    changed = false;
    refreshedAt = System.nanoTime();
    if (writer == null) {
      return;
    }
    DirectoryReader old = reader;
    DirectoryReader fresh =
        old == null ? DirectoryReader.open(writer) : DirectoryReader.openIfChanged(old, writer);
    if (fresh != null) {
      replace(fresh);
    }
  }

  /** Goes over to another reader, or to none; searches that have the old one keep it. */
  void replace(@Nullable DirectoryReader fresh) throws IOException {
    DirectoryReader old = reader;
    reader = fresh;
    if (old != null) {
      old.close();
    }
  }
}
