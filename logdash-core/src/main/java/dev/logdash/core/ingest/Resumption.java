package dev.logdash.core.ingest;

import dev.logdash.api.event.SourcePosition;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how much of a file was read before, from the positions that the sink holds.
 *
 * <p>A file that was read itself goes on where it stands, whatever its name is now; if it became
 * shorter than that, it was written anew. A file with the beginning of another one is a copy of it
 * if it has all the content that was read of it, which is compared line by line; or if it is the
 * beginning of a file that is in sight, because then it is still being copied. Otherwise it is a
 * file of its own, and read whole.
 *
 * <p>Limits. A file that got the inode of a deleted one, and begins with the same KiB, and is
 * longer, counts as that one. Content of less than a KiB that was read to its end is believed to be
 * copied by a file that begins with it, unless a file in sight shows that it went on differently.
 */
final class Resumption {

  // A beginning that more files than this have is no evidence, and each is compared as a whole.
  private static final int MAX_COMPARED = 8;
  private static final int BLOCK = 64 * 1024;

  private final Function<String, List<SourcePosition>> known;
  private final Collection<FollowedFile> inSight;
  private final int maxLineBytes;

  /**
   * @param known the positions in the sink whose key begins with a text
   * @param inSight all files that are known to the reader
   */
  Resumption(
      Function<String, List<SourcePosition>> known,
      Collection<FollowedFile> inSight,
      int maxLineBytes) {
    this.known = known;
    this.inSight = inSight;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Where reading goes on.
   *
   * @param undecided whether it cannot be told yet whether this is a copy; nothing is to be read
   */
  record Place(long end, int check, int generation, boolean undecided) {
    static final Place START = new Place(0, 0, 0, false);
    static final Place UNDECIDED = new Place(0, 0, 0, true);
  }

  Place of(FollowedFile file, Fingerprint print, FileContent content) throws IOException {
    Place anew = Place.START;
    List<SourcePosition> others = new ArrayList<>();
    if (print.isFull()) {
      SourcePosition own = null;
      for (SourcePosition position : known.apply(print.beginning(Fingerprint.BYTES))) {
        if (!print.isOfThisFile(position)) {
          others.add(position);
        } else if (own == null || isLater(position, own)) {
          own = position;
        }
      }
      if (own != null && own.end() <= content.size()) {
        return new Place(own.end(), own.check(), Fingerprint.generationOf(own), false);
      }
      if (own != null) {
        anew = new Place(0, 0, Fingerprint.generationOf(own) + 1, false);
      }
      Place copied = ofCopy(file, content, others);
      if (copied != null) {
        return copied;
      }
    }
    // Others that have the whole KiB were compared by all of their content.
    Place begun = ofBeginning(file, print, anew.generation, !others.isEmpty());
    return begun == null ? anew : begun;
  }

  private static boolean isLater(SourcePosition a, SourcePosition b) {
    int order = Integer.compare(Fingerprint.generationOf(a), Fingerprint.generationOf(b));
    return order > 0 || (order == 0 && a.end() > b.end());
  }

  private @Nullable Place ofCopy(
      FollowedFile file, FileContent content, List<SourcePosition> others) throws IOException {
    others.sort(Comparator.comparingLong(SourcePosition::end).reversed());
    for (SourcePosition other : others.subList(0, Math.min(MAX_COMPARED, others.size()))) {
      if (other.check() == 0) {
        // Written by a version that kept no check; its rule was to believe the first KiB.
        return new Place(other.end(), 0, 0, false);
      }
      FollowedFile original = find(file, Fingerprint.fileOf(other));
      if (content.size() < other.end()) {
        if (original != null && isBeginningOf(original, content)) {
          return Place.UNDECIDED;
        }
        continue;
      }
      try {
        long end = endOfSame(other, content);
        if (end >= 0) {
          return new Place(end, other.check(), 0, false);
        }
      } catch (EOFException incomplete) {
        return Place.UNDECIDED;
      }
    }
    return null;
  }

  /** Where the line ends up to which the content is that of a position, or -1 if it is another. */
  private long endOfSame(SourcePosition other, FileContent content) throws IOException {
    Fingerprint print = new Fingerprint(content.head(), "");
    try (FileContent again = content.again()) {
      LineReader lines = new LineReader(again.from(0), 0, maxLineBytes);
      int check = 0;
      while (lines.end() < other.end() && lines.next(true)) {
        check = print.behind(lines).check();
      }
      return lines.end() >= other.end() && check == other.check() ? lines.end() : -1;
    }
  }

  /** Whether the content, as far as it goes, is that of a file in sight. */
  private static boolean isBeginningOf(FollowedFile original, FileContent content)
      throws IOException {
    try (FileChannel channel = FileChannel.open(original.path(), StandardOpenOption.READ);
        FileContent whole = new FileContent(channel);
        FileContent again = content.again()) {
      InputStream longer = whole.from(0);
      InputStream shorter = again.from(0);
      while (true) {
        byte[] part = shorter.readNBytes(BLOCK);
        if (!Arrays.equals(part, longer.readNBytes(part.length))) {
          return false;
        }
        if (part.length < BLOCK) {
          return true;
        }
      }
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private @Nullable FollowedFile find(FollowedFile self, String fileOfPosition) {
    for (FollowedFile other : inSight) {
      if (other != self && other.isFile(fileOfPosition)) {
        return other;
      }
    }
    return null;
  }

  /**
   * What was read of content, or of a file, that had less than a KiB by then.
   *
   * @param generation of the file, at least
   */
  private @Nullable Place ofBeginning(
      FollowedFile file, Fingerprint print, int generation, boolean ownOnly) {
    for (int end = Math.min(print.length(), Fingerprint.BYTES - 1); end > 0; end--) {
      if (!print.mayEndAt(end)) {
        continue;
      }
      SourcePosition own = null;
      SourcePosition other = null;
      for (SourcePosition position : known.apply(print.beginning(end))) {
        if (position.end() != end) {
          continue;
        }
        if (!print.isOfThisFile(position)) {
          other = position;
        } else if (Fingerprint.generationOf(position) >= generation
            && (own == null || isLater(position, own))) {
          own = position;
        }
      }
      if (own != null) {
        return new Place(end, own.check(), Fingerprint.generationOf(own), false);
      }
      if (other != null && !ownOnly) {
        boolean believed = file.isOurs(print, end, inSight, !wentOn(other));
        return believed ? new Place(end, other.check(), generation, false) : null;
      }
    }
    return null;
  }

  /** Whether more was read of the file of a position than that. */
  private boolean wentOn(SourcePosition position) {
    String file = Fingerprint.fileOf(position);
    for (SourcePosition other : known.apply("")) {
      if (other.end() > position.end() && Fingerprint.fileOf(other).equals(file)) {
        return true;
      }
    }
    return false;
  }
}
