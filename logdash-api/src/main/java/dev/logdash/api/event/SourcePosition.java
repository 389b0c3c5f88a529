package dev.logdash.api.event;

import java.util.Objects;

/**
 * How far a record reaches into what it was read from, so that a reader can go on behind it.
 *
 * @param key names the input over restarts and renames, for example the fingerprint of a file
 * @param end the place behind the record: for a file the byte offset behind its line, counted in
 *     the uncompressed content
 * @param check a digest of all content up to the end, by which a copy is told from other content
 *     that begins alike; 0 where there is none
 */
public record SourcePosition(String key, long end, int check) {

  public SourcePosition {
    Objects.requireNonNull(key, "key");
    if (end < 0) {
      throw new IllegalArgumentException("end is negative: " + end);
    }
  }

  /** A position without a digest. */
  public SourcePosition(String key, long end) {
    this(key, end, 0);
  }
}
