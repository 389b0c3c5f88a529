package dev.logdash.api.event;

import java.util.Objects;

/**
 * How far a record reaches into what it was read from, so that a reader can go on behind it.
 *
 * @param key names the input over restarts and renames, for example the fingerprint of a file
 * @param end the place behind the record: for a file the byte offset behind its line, counted in
 *     the uncompressed content
 */
public record SourcePosition(String key, long end) {

  public SourcePosition {
    Objects.requireNonNull(key, "key");
    if (end < 0) {
      throw new IllegalArgumentException("end is negative: " + end);
    }
  }
}
