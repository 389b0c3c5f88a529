package dev.logdash.embedded;

import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriterConfig;

/** How an index is written. */
final class WriterConfig {

  private WriterConfig() {}

  /**
   * The settings of one writer; they cannot be shared.
   *
   * @param ramMegabytes how much it may hold before it writes a segment
   */
  static IndexWriterConfig of(double ramMegabytes) {
    ConcurrentMergeScheduler merges = new QuietMerges();
    merges.setDefaultMaxMergesAndThreads(false);
    return new IndexWriterConfig()
        .setRAMBufferSizeMB(ramMegabytes)
        .setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_SPEED))
        .setMergeScheduler(merges)
        .setCommitOnClose(false);
  }

  /** Leaves the failure of a merge to the writer, whose next call fails with it. */
  private static final class QuietMerges extends ConcurrentMergeScheduler {
    @Override
    protected void handleMergeException(Throwable failure) {}
  }
}
