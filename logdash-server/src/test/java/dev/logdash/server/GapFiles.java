package dev.logdash.server;

import dev.logdash.core.spool.SpoolFile;
import dev.logdash.core.spool.SpoolFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The folder of a spool, with its gaps. */
final class GapFiles implements SpoolFiles {

  private static final String SEGMENT = ".seg";
  private static final String UNFINISHED = ".seg.tmp";
  private static final String CHECKPOINT = "-ckpt-";
  private static final String META = "meta";

  private final SpoolFiles files;
  private final GapWatch watch;
  private final boolean letters;
  private volatile boolean recovering = true;

  /**
   * @param letters whether it is the spool of the dead letters, of which only appending is watched
   */
  GapFiles(SpoolFiles files, GapWatch watch, boolean letters) {
    this.files = files;
    this.watch = watch;
    this.letters = letters;
  }

  /** The spool is open: from now on its gaps are those of its work. */
  void recovered() {
    recovering = false;
  }

  @Override
  public String location() {
    return files.location();
  }

  @Override
  public Closeable lock() throws IOException {
    return files.lock();
  }

  @Override
  public List<String> list() throws IOException {
    return files.list();
  }

  @Override
  public SpoolFile create(String name) throws IOException {
    SpoolFile file = files.create(name);
    if (name.endsWith(UNFINISHED) && !recovering) {
      pass(Gap.SEGMENT_BEGUN);
    }
    return new GapFile(file, name);
  }

  @Override
  public SpoolFile open(String name) throws IOException {
    return new GapFile(files.open(name), name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    boolean meta = to.equals(META);
    Gap unnamed = recovering ? Gap.COPY_UNNAMED : Gap.SEGMENT_UNNAMED;
    Gap named = recovering ? Gap.COPY_NAMED : Gap.SEGMENT_NAMED;
    pass(meta ? Gap.META_UNNAMED : unnamed);
    files.rename(from, to);
    pass(meta ? Gap.META_NAMED : named);
  }

  @Override
  public void delete(String name) throws IOException {
    boolean segment = name.endsWith(SEGMENT);
    if (segment && !recovering) {
      pass(Gap.CHECKPOINT_FORCED);
    }
    files.delete(name);
    if (segment) {
      pass(recovering ? Gap.LEFTOVER_DELETED : Gap.SEGMENT_DELETED);
    } else if (name.endsWith(UNFINISHED) && recovering) {
      pass(Gap.LEFTOVER_SWEPT);
    }
  }

  @Override
  public void force() throws IOException {
    files.force();
  }

  private void pass(Gap gap) {
    if (!letters) {
      watch.pass(gap);
    }
  }

  private final class GapFile implements SpoolFile {

    private final SpoolFile file;
    private final boolean records;
    private final boolean checkpoint;

    GapFile(SpoolFile file, String name) {
      this.file = file;
      this.records = name.endsWith(SEGMENT);
      this.checkpoint = name.contains(CHECKPOINT) && !letters;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(byte[] target, int start, int length, long position) throws IOException {
      return file.read(target, start, length, position);
    }

    @Override
    public void write(byte[] bytes, int start, int length, long position) throws IOException {
      if (records) {
        write(bytes, start, length, position, letters ? Gap.LETTERS_TORN : Gap.SPOOL_TORN);
        watch.pass(letters ? Gap.LETTERS_WRITTEN : Gap.SPOOL_WRITTEN);
      } else if (checkpoint) {
        write(bytes, start, length, position, Gap.CHECKPOINT_TORN);
        watch.pass(Gap.CHECKPOINT_WRITTEN);
      } else {
        file.write(bytes, start, length, position);
      }
    }

    private void write(byte[] bytes, int start, int length, long position, Gap torn)
        throws IOException {
      if (watch.reached(torn)) {
        file.write(bytes, start, length / 2, position);
        watch.stay();
      }
      file.write(bytes, start, length, position);
    }

    @Override
    public void truncate(long length) throws IOException {
      file.truncate(length);
      if (recovering) {
        pass(Gap.TAIL_CUT);
      }
    }

    @Override
    public void force() throws IOException {
      file.force();
      if (records && !recovering) {
        watch.pass(letters ? Gap.LETTERS_FORCED : Gap.SPOOL_FORCED);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
