package dev.logdash.core.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.error.BackendException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Who a spool is: a small text file, replaced as a whole.
 *
 * <pre>
 * logdash-spool 1
 * epoch 3
 * consumer processor
 * lane 1f2e3d4c5b6a7988 131072 17 4711
 * crc 9a8b7c6d
 * </pre>
 *
 * A lane has its producer id, the end of its sequence lease, and how much of which segment was on
 * the disk when the spool was last closed.
 */
record SpoolMeta(int epoch, String consumer, List<LaneMeta> lanes) {

  static final int VERSION = 1;

  private static final String NAME = "meta";
  private static final String NEXT_NAME = "meta.tmp";
  private static final String FIRST_WORD = "logdash-spool ";
  private static final int MAX_BYTES = 64 * 1024;

  SpoolMeta {
    lanes = List.copyOf(lanes);
  }

  record LaneMeta(long producerId, long leaseEnd, long segment, long forced) {}

  /** The meta of a folder, or null where there is none yet. */
  static @Nullable SpoolMeta read(SpoolFiles files) throws IOException {
    byte[] bytes = new byte[MAX_BYTES];
    int size;
    try (SpoolFile file = files.open(NAME)) {
      size = file.read(bytes, 0, bytes.length, 0);
    } catch (NoSuchFileException e) {
      return null;
    }
    return parse(new String(bytes, 0, size, UTF_8), files.location());
  }

  void write(SpoolFiles files) throws IOException {
    byte[] bytes = text().getBytes(UTF_8);
    // A force may have failed on the file that is left here; it is never forced again.
    files.delete(NEXT_NAME);
    try (SpoolFile file = files.create(NEXT_NAME)) {
      file.write(bytes, 0, bytes.length, 0);
      file.force();
    }
    files.rename(NEXT_NAME, NAME);
    files.force();
  }

  SpoolMeta withConsumer(String value) {
    return new SpoolMeta(epoch, value, lanes);
  }

  SpoolMeta withLane(int number, LaneMeta lane) {
    List<LaneMeta> changed = new ArrayList<>(lanes);
    changed.set(number, lane);
    return new SpoolMeta(epoch, consumer, changed);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(FIRST_WORD).append(VERSION).append('\n');
    text.append("epoch ").append(epoch).append('\n');
    text.append("consumer ").append(consumer).append('\n');
    for (LaneMeta lane : lanes) {
      text.append(
          String.format(
              Locale.ROOT,
              "lane %016x %d %d %d%n".replace("%n", "\n"),
              lane.producerId,
              lane.leaseEnd,
              lane.segment,
              lane.forced));
    }
    return text + "crc " + crc(text.toString()) + '\n';
  }

  private static SpoolMeta parse(String text, String location) {
    if (!text.startsWith(FIRST_WORD)) {
      throw damaged(location, null);
    }
    try {
      int end = text.indexOf('\n');
      int version = Integer.parseInt(text.substring(FIRST_WORD.length(), end));
      if (version > VERSION) {
        throw new BackendException.Misconfigured(
            "The spool in "
                + location
                + " has format "
                + version
                + ", this program reads up to "
                + VERSION
                + "; use a newer version of logdash",
            null);
      }
      int crcAt = text.lastIndexOf("crc ");
      if (crcAt < 0
          || !text.substring(crcAt).equals("crc " + crc(text.substring(0, crcAt)) + '\n')) {
        throw damaged(location, null);
      }
      return parseLines(text.substring(end + 1, crcAt));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw damaged(location, e);
    }
  }

  private static SpoolMeta parseLines(String text) {
    int epoch = 0;
    String consumer = "";
    List<LaneMeta> lanes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int space = line.indexOf(' ');
      String value = line.substring(space + 1);
      switch (line.substring(0, space)) {
        case "epoch" -> epoch = Integer.parseInt(value);
        case "consumer" -> consumer = value;
        case "lane" -> lanes.add(parseLane(value.split(" ", -1)));
        default -> throw new NumberFormatException("Unknown line: " + line);
      }
    }
    return new SpoolMeta(epoch, consumer, lanes);
  }

  private static LaneMeta parseLane(String[] words) {
    return new LaneMeta(
        Long.parseUnsignedLong(words[0], 16),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]));
  }

  private static String crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  static BackendException damaged(String location, @Nullable Throwable cause) {
    return new BackendException.Misconfigured(
        "The file meta of the spool in "
            + location
            + " is damaged or missing; restore it, or move the folder away to begin a new spool",
        cause);
  }
}
