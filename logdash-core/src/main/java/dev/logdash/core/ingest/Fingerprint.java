package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.SourcePosition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Names the lines of a file: by what they are in and by what stands before them.
 *
 * <p>The key of a line is the digest of the content up to the end of that line, at most of its
 * first KiB; behind it the file (device and inode, or the path where there are none); behind that
 * the generation, where one file was written anew with the same beginning. So the key of a line
 * never changes while the file grows or is renamed, and a match of a short digest proves that just
 * these bytes were read before. All lines that end beyond the first KiB share one key.
 *
 * <p>The check of a line is a digest of all lines up to it. It tells a copy, compressed or not,
 * from another file that merely begins alike.
 */
final class Fingerprint {

  static final int BYTES = 1024;
  // 128 bits: a chance collision would skip a file, so 64 would be too few for a hostile neighbour.
  private static final int DIGEST_BYTES = 16;
  // Tells the files of one host apart; the digest of the content stands before it.
  private static final int FILE_BYTES = 6;
  private static final char BEFORE_FILE = '.';
  private static final char BEFORE_GENERATION = '~';

  private final byte[] head;
  private final String file;
  private int generation;
  private int check;
  private @Nullable String full;

  /**
   * @param head the first KiB of the content, or all of it if there is less
   * @param identity tells the file from others
   */
  Fingerprint(byte[] head, Object identity) {
    this.head = head;
    this.file = digest(identity.toString().getBytes(UTF_8), FILE_BYTES);
  }

  /** Says behind which content the next line stands. */
  void goOn(int generationOfFile, int checkBefore) {
    generation = generationOfFile;
    check = checkBefore;
    full = null;
  }

  /** The position behind a line; to be called once for each line, in their order. */
  SourcePosition behind(LineReader line) {
    return behind(LineDigest.of(line), line.end());
  }

  /** The position behind lines that end at a place. */
  SourcePosition behind(LineDigest lines, long end) {
    check = lines.behind(check);
    return new SourcePosition(key(end), end, check);
  }

  private String key(long end) {
    if (end < BYTES) {
      return beginning((int) end) + suffix();
    }
    String key = full;
    if (key == null) {
      key = beginning(BYTES) + suffix();
      full = key;
    }
    return key;
  }

  private String suffix() {
    return file + (generation == 0 ? "" : "" + BEFORE_GENERATION + generation);
  }

  /** What the keys of all files begin with whose first bytes are these. */
  String beginning(int bytes) {
    return digest(Arrays.copyOf(head, bytes), DIGEST_BYTES) + BEFORE_FILE;
  }

  /** Whether a position is one of this file, of any generation. */
  boolean isOfThisFile(SourcePosition position) {
    return fileOf(position).equals(file);
  }

  String file() {
    return file;
  }

  static String fileOf(SourcePosition position) {
    String rest = position.key().substring(position.key().indexOf(BEFORE_FILE) + 1);
    int generation = rest.indexOf(BEFORE_GENERATION);
    return generation < 0 ? rest : rest.substring(0, generation);
  }

  static int generationOf(SourcePosition position) {
    int generation = position.key().indexOf(BEFORE_GENERATION);
    return generation < 0 ? 0 : Integer.parseInt(position.key().substring(generation + 1));
  }

  /** How many bytes of the beginning are known, at most a KiB. */
  int length() {
    return head.length;
  }

  /** Whether the head is whole, so that it never grows again. */
  boolean isFull() {
    return head.length >= BYTES;
  }

  /** Whether a line may end behind so many bytes of the beginning. */
  boolean mayEndAt(int bytes) {
    return bytes == head.length || head[bytes - 1] == '\n';
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

  private static String digest(byte[] bytes, int kept) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256, kept));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
