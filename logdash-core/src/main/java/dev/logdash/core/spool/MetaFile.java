package dev.logdash.core.spool;

import java.io.IOException;
import java.util.function.UnaryOperator;

/** The meta of an open spool: what is on the disk, changed as a whole. */
final class MetaFile {

  private final SpoolFiles files;
  private final Space space;
  private SpoolMeta current;

  MetaFile(SpoolFiles files, Space space, SpoolMeta current) {
    this.files = files;
    this.space = space;
    this.current = current;
  }

  synchronized SpoolMeta current() {
    return current;
  }

  /** Returns when the change is on the disk; after a failure the old content counts. */
  synchronized void change(UnaryOperator<SpoolMeta> change) throws IOException {
    SpoolMeta next = change.apply(current);
    space.withReserve(() -> next.write(files));
    current = next;
  }
}
