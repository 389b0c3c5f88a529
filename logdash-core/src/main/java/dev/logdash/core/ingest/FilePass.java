package dev.logdash.core.ingest;

import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.Submission;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/** Reads files one after the other, each from where the sink has it to its present end. */
final class FilePass implements Closeable {

  private final Iterator<FollowedFile> files;
  private final Resumption resumption;
  private final Function<String, List<SourcePosition>> positions;
  private final IngestOptions options;
  private final Tally tally;
  private final boolean toTheEnd;
  // What this pass has read but the sink may not have yet; copies of one content may follow
  // closely.
  private final TreeMap<String, SourcePosition> readEnds = new TreeMap<>();

  private @Nullable Opened opened;
  private long finishedBytes;
  private int kept;

  /**
   * @param files those to be read, in this order
   * @param inSight all that are known
   * @param toTheEnd whether nothing will be appended any more, so that a last line without line
   *     feed is complete
   */
  FilePass(
      List<FollowedFile> files,
      Collection<FollowedFile> inSight,
      Function<String, List<SourcePosition>> positions,
      IngestOptions options,
      Tally tally,
      boolean toTheEnd) {
    this.files = files.iterator();
    this.resumption = new Resumption(this::known, inSight, options.maxLineBytes());
    this.positions = positions;
    this.options = options;
    this.tally = tally;
    this.toTheEnd = toTheEnd;
  }

  /** This pass as a sequence of batches. */
  Flux<LineBatch> batches() {
    return Flux.generate(() -> this, FilePass::emit, FilePass::close);
  }

  FilePass emit(SynchronousSink<LineBatch> sequence) {
    LineBatch batch = next();
    if (batch == null) {
      sequence.complete();
    } else {
      sequence.next(batch);
    }
    return this;
  }

  /** The next lines, or null behind the last. A file that cannot be read is reported and left. */
  private @Nullable LineBatch next() {
    while (true) {
      Opened current = opened;
      if (current == null) {
        if (!files.hasNext()) {
          return null;
        }
        open(files.next());
        continue;
      }
      LineBatch batch = read(current);
      if (!batch.lines().isEmpty()) {
        return batch;
      }
    }
  }

  private void open(FollowedFile file) {
    try {
      FileContent content = file.open();
      if (content == null) {
        return;
      }
      Fingerprint print = new Fingerprint(content.head(), file.identity());
      long from = file.begin(print, content, resumption);
      if (from < 0) {
        content.close();
        return;
      }
      LineColumns columns = LineColumns.at(content, from, options.maxLineBytes());
      RecordReader reader =
          new RecordReader(
              content.from(from),
              from,
              columns,
              JournalEntry.openBefore(content, from),
              options.maxLineBytes(),
              options.splitter());
      UnfinishedRecord unfinished = file.unfinished();
      reader.endOpenRows(unfinished.rowsEndUpTo());
      // Else nothing would say where the rest of the entry goes on.
      boolean findable = JournalEntry.isAtStartOf(content.head()) && !content.isCompressed();
      if (unfinished.isQuiet() && findable) {
        reader.endOpenEntries();
      }
      opened = new Opened(file, content, print, reader);
    } catch (IOException e) {
      failed(file, e);
    }
  }

  private LineBatch read(Opened from) {
    LineBatch batch = new LineBatch(from.file);
    boolean more = false;
    try {
      boolean unterminatedToo = toTheEnd || from.file.isEnded();
      more = batch.fill(from.reader, from.file.source(), from.print, options, unterminatedToo);
      if (!more) {
        from.file.worked();
        if (from.reader.isHeld()) {
          from.file.unfinished().found(from.reader.isHeldRow(), from.reader.heldAt());
        } else {
          from.file.unfinished().forget();
        }
      }
    } catch (IOException e) {
      failed(from.file, e);
      if (!from.content.isCompressed()) {
        from.file.readAgain();
      }
    }
    for (Submission line : batch.lines()) {
      remember(line.position());
    }
    batch.progress(finishedBytes + from.content.fileBytesRead());
    if (!more) {
      close();
    }
    return batch;
  }

  private List<SourcePosition> known(String prefix) {
    List<SourcePosition> known = new ArrayList<>(positions.apply(prefix));
    known.addAll(readEnds.subMap(prefix, prefix + Character.MAX_VALUE).values());
    return known;
  }

  private void remember(@Nullable SourcePosition position) {
    if (position != null) {
      readEnds.put(position.key(), position);
    }
  }

  private void failed(FollowedFile file, IOException problem) {
    if (file.failed(problem)) {
      tally.unreadable(file.path().toString(), problem);
    }
  }

  @Override
  public void close() {
    Opened current = opened;
    opened = null;
    if (current != null) {
      finishedBytes += current.content.fileSize();
      try {
        current.content.close();
        if (toTheEnd || ++kept > FileSet.MAX_OPEN) {
          current.file.close();
        }
      } catch (IOException e) {
        failed(current.file, e);
      }
    }
  }

  private static final class Opened {
    final FollowedFile file;
    final FileContent content;
    final Fingerprint print;
    final RecordReader reader;

    Opened(FollowedFile file, FileContent content, Fingerprint print, RecordReader reader) {
      this.file = file;
      this.content = content;
      this.print = print;
      this.reader = reader;
    }
  }
}
