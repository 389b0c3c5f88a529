package dev.logdash.core.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Names content by its first bytes, so that the name outlives renames, restarts, copies and
 * compression.
 *
 * <p>The key of a line is the digest of the content up to the end of that line, at most of its
 * first KiB. So the key of a line never changes while the file grows, and a match of a short key
 * proves that just these bytes were read before. All lines that end beyond the first KiB share one
 * key.
 *
 * <p>Inode numbers are not part of it: a copy made by copytruncate and a compressed file have new
 * ones, and file systems give old ones to new files.
 *
 * <p>Limits. Two files whose first KiB is equal count as one. A match of less than a KiB is
 * believed unless a file is in sight that begins alike and goes on differently, as files with one
 * header do; if the reader never saw that other file, the equal first lines count as read.
 */
final class Fingerprint {

  static final int BYTES = 1024;
  // 128 bits: a chance collision would skip a file, so 64 would be too few for a hostile neighbour.
  private static final int KEY_BYTES = 16;

  private final byte[] head;
  private @Nullable String full;

  /**
   * @param head the first KiB of the content, or all of it if there is less
   */
  Fingerprint(byte[] head) {
    this.head = head;
  }

  /**
   * The key of a line that ends at an offset; the content up to there must have been in the head.
   */
  String key(long end) {
    if (end < BYTES) {
      return digest((int) end);
    }
    String key = full;
    if (key == null) {
      key = digest(BYTES);
      full = key;
    }
    return key;
  }

  /**
   * Where to go on: behind the last line that was read before, or 0.
   *
   * @param believed whether a match of so many bytes, less than a KiB, is to be believed
   */
  long resume(ToLongFunction<String> lastEnd, IntPredicate believed) {
    if (head.length >= BYTES) {
      long end = lastEnd.applyAsLong(key(BYTES));
      if (end >= BYTES) {
        return end;
      }
    }
    for (int end = Math.min(head.length, BYTES - 1); end > 0; end--) {
      boolean lineEnd = head[end - 1] == '\n' || end == head.length;
      if (lineEnd && lastEnd.applyAsLong(digest(end)) == end) {
        return believed.test(end) ? end : 0;
      }
    }
    return 0;
  }

  /** Whether the head is whole, so that it never grows again. */
  boolean isFull() {
    return head.length >= BYTES;
  }

  /** Whether so many bytes at the beginning are the same. */
  boolean shares(Fingerprint other, int bytes) {
    return head.length >= bytes
        && other.head.length >= bytes
        && Arrays.equals(head, 0, bytes, other.head, 0, bytes);
  }

  /** Whether content that begins like this may have grown out of the content of another head. */
  boolean continues(Fingerprint earlier) {
    return shares(earlier, earlier.head.length);
  }

  private String digest(int length) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(head, 0, length);
      return HexFormat.of().formatHex(sha256.digest(), 0, KEY_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
