package dev.logdash.server;

import dev.logdash.core.spool.SpoolFile;
import dev.logdash.core.spool.SpoolFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The folder of the spool, with a kill switch at each of its gaps. */
final class DeadlyFiles implements SpoolFiles {

  private static final String SEGMENT = ".seg";
  private static final String CHECKPOINT = "-ckpt-";

  private final SpoolFiles files;
  private final KillSwitch killSwitch;
  private final boolean deadLetters;
  private volatile boolean recovering = true;

  /**
   * @param deadLetters whether it is the folder of the dead letters, whose only gap is {@link
   *     Gap#DEAD_LETTER}
   */
  DeadlyFiles(SpoolFiles files, KillSwitch killSwitch, boolean deadLetters) {
    this.files = files;
    this.killSwitch = killSwitch;
    this.deadLetters = deadLetters;
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
    return new DeadlyFile(files.create(name), name);
  }

  @Override
  public SpoolFile open(String name) throws IOException {
    return new DeadlyFile(files.open(name), name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (to.endsWith(SEGMENT)) {
      pass(Gap.SEGMENT_UNNAMED);
    }
    files.rename(from, to);
    if (to.endsWith(SEGMENT)) {
      pass(Gap.SEGMENT_UNFORCED);
    } else {
      passRecovery();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    if (name.endsWith(SEGMENT)) {
      pass(Gap.CHECKPOINT_WRITTEN);
    }
    files.delete(name);
    if (name.endsWith(SEGMENT)) {
      pass(Gap.SEGMENT_DELETED);
    }
  }

  @Override
  public void force() throws IOException {
    files.force();
  }

  private void pass(Gap gap) {
    if (reached(gap)) {
      killSwitch.die();
    }
  }

  private void passRecovery() {
    if (recovering) {
      pass(Gap.RECOVERY);
    }
  }

  private boolean reached(Gap gap) {
    if (deadLetters) {
      return gap == Gap.SPOOL_UNANSWERED && killSwitch.reached(Gap.DEAD_LETTER);
    }
    return killSwitch.reached(recovering ? Gap.RECOVERY : gap);
  }

  private final class DeadlyFile implements SpoolFile {

    private final SpoolFile file;
    private final String name;

    DeadlyFile(SpoolFile file, String name) {
      this.file = file;
      this.name = name;
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
      boolean records = name.endsWith(SEGMENT);
      if (records || name.contains(CHECKPOINT)) {
        if (reached(records ? Gap.SPOOL_TORN : Gap.CHECKPOINT_TORN)) {
          file.write(bytes, start, length / 2, position);
          killSwitch.die();
        }
      }
      file.write(bytes, start, length, position);
      if (records) {
        pass(Gap.SPOOL_UNANSWERED);
      }
    }

    @Override
    public void truncate(long length) throws IOException {
      file.truncate(length);
      passRecovery();
    }

    @Override
    public void force() throws IOException {
      file.force();
      passRecovery();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
