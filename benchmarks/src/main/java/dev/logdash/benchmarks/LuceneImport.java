package dev.logdash.benchmarks;

import dev.logdash.embedded.LogdashDocuments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * The peer of an import: Lucene alone, with the settings of logdash. One thread, 32 MiB of memory
 * for documents, a commit each second or each 32 MiB of raw lines; no spool, no redaction, no
 * look-up of ids, no statistics, no snapshot.
 */
public final class LuceneImport {

  private static final double RAM_MEGABYTES = 32;
  private static final long COMMIT_NANOS = 1_000_000_000L;
  private static final long COMMIT_BYTES = 32L << 20;

  private final IndexWriter writer;
  private long committedAt = System.nanoTime();
  private long bytes;
  private long count;

  private LuceneImport(IndexWriter writer) {
    this.writer = writer;
  }

  /**
   * Makes an index.
   *
   * @param arguments what to do, the folder of the index, and what to read: {@code same} gives the
   *     documents of logdash, {@code plain} those of {@link PlainDocument}, both of a file of
   *     parsed events; {@code parse} parses lines and goes on like {@code plain}
   */
  public static void main(String[] arguments) throws IOException {
    List<Path> inputs = Arrays.stream(arguments).skip(2).map(Path::of).toList();
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    merges.setDefaultMaxMergesAndThreads(false);
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setRAMBufferSizeMB(RAM_MEGABYTES)
            .setCodec(new Lucene912Codec(Lucene912Codec.Mode.BEST_SPEED))
            .setMergeScheduler(merges)
            .setCommitOnClose(false);
    try (FSDirectory directory = FSDirectory.open(Path.of(arguments[1]));
        IndexWriter writer = new IndexWriter(directory, config)) {
      LuceneImport run = new LuceneImport(writer);
      switch (arguments[0]) {
        case "same" -> {
          LogdashDocuments documents = new LogdashDocuments();
          EventFile.read(
              inputs.get(0), entry -> run.add(documents.of(entry.event()), entry.rawBytes()));
        }
        case "plain" ->
            EventFile.read(
                inputs.get(0), entry -> run.add(PlainDocument.of(entry), entry.rawBytes()));
        case "parse" ->
            new LineEvents()
                .read(
                    inputs,
                    (event, raw) ->
                        run.add(
                            PlainDocument.of(
                                new EventFile.Entry(
                                    event, raw, new BytesRef(EventFile.encode(event)))),
                            raw));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
      writer.commit();
      // As logdash at its end: merges under way are not waited for.
      writer.rollback();
      System.out.println(run.count + " documents");
    }
  }

  private void add(Iterable<IndexableField> document, int rawBytes) throws IOException {
    writer.addDocument(document);
    count++;
    bytes += rawBytes;
    if (bytes >= COMMIT_BYTES || System.nanoTime() - committedAt >= COMMIT_NANOS) {
      bytes = 0;
      committedAt = System.nanoTime();
      writer.commit();
    }
  }
}
