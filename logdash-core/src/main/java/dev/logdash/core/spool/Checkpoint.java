package dev.logdash.core.spool;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far a lane is acknowledged. Kept in two files that are written in turn, so that a torn write
 * leaves the one before.
 *
 * @param generation rises with each checkpoint; its lowest bit chooses the file
 * @param acked the first sequence that is still wanted
 * @param received the last time given to a record or a reader of the lane, in nanoseconds
 */
record Checkpoint(long generation, long acked, long received) {

  static final Checkpoint NONE = new Checkpoint(0, 0, Long.MIN_VALUE);

  private static final int MAGIC = 0x4c44434b;
  private static final int BYTES = 4 + 8 + 8 + 8 + 8 + 4;

  static Checkpoint read(SpoolFiles files, int lane, long producerId) throws IOException {
    Checkpoint newest = NONE;
    for (int slot = 0; slot < 2; slot++) {
      Checkpoint found = readSlot(files, name(lane, slot), producerId);
      if (found != null && found.generation > newest.generation) {
        newest = found;
      }
    }
    return newest;
  }

  /**
   * Writes the slot that does not hold the newest checkpoint, in a file that no force failed on.
   */
  void write(SpoolFiles files, int lane, long producerId) throws IOException {
    String name = name(lane, (int) (generation & 1));
    byte[] bytes = new byte[BYTES];
    Frame.putInt(bytes, 0, MAGIC);
    Frame.putLong(bytes, 4, producerId);
    Frame.putLong(bytes, 12, generation);
    Frame.putLong(bytes, 20, acked);
    Frame.putLong(bytes, 28, received);
    Frame.putInt(bytes, 36, crc(bytes));
    boolean done = false;
    try (SpoolFile file = openOrCreate(files, name)) {
      boolean fresh = file.size() < BYTES;
      file.write(bytes, 0, BYTES, 0);
      file.force();
      if (fresh) {
        files.force();
      }
      done = true;
    } finally {
      if (!done) {
        files.delete(name);
      }
    }
  }

  private static SpoolFile openOrCreate(SpoolFiles files, String name) throws IOException {
    try {
      return files.open(name);
    } catch (NoSuchFileException e) {
      return files.create(name);
    }
  }

  private static @Nullable Checkpoint readSlot(SpoolFiles files, String name, long producerId)
      throws IOException {
    byte[] bytes = new byte[BYTES];
    try (SpoolFile file = files.open(name)) {
      boolean whole = file.read(bytes, 0, BYTES, 0) == BYTES;
      if (!whole
          || Frame.getInt(bytes, 0) != MAGIC
          || Frame.getInt(bytes, 36) != crc(bytes)
          || Frame.getLong(bytes, 4) != producerId) {
        return null;
      }
    } catch (NoSuchFileException e) {
      return null;
    }
    return new Checkpoint(
        Frame.getLong(bytes, 12), Frame.getLong(bytes, 20), Frame.getLong(bytes, 28));
  }

  private static String name(int lane, int slot) {
    return lane + (slot == 0 ? "-ckpt-A" : "-ckpt-B");
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 36);
    return (int) crc.getValue();
  }
}
