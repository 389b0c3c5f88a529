package dev.logdash.core.spool;

import java.time.Duration;
import java.util.Objects;

/**
 * How a spool is laid out and how safe it is. Immutable; each {@code with} method gives a changed
 * copy and refuses a value out of range.
 *
 * @param lanes ordered streams that are written and read beside each other; 1 to 64. Lanes that a
 *     folder has beyond this number are still read
 * @param segmentBytes the size at which a file is closed and the next begun; 1 KiB to 512 MiB
 * @param maxBytes what all files of the spool may take together; at least three segments per lane
 *     and 256 KiB
 * @param maxRecordBytes the largest record with all that belongs to it; 64 bytes to 128 MiB
 * @param fsync when records are forced to the disk unasked
 * @param fsyncInterval the interval of {@link FsyncPolicy#INTERVAL}; positive
 * @param maxPositions the most source positions that a lane remembers; the least recently used go
 *     first; 1 to 1,000,000
 */
public record SpoolConfig(
    int lanes,
    int segmentBytes,
    long maxBytes,
    int maxRecordBytes,
    FsyncPolicy fsync,
    Duration fsyncInterval,
    int maxPositions) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  // A frame must fit into one array beside its batch.
  private static final int MAX_RECORD_BYTES = 128 * MIB;

  public SpoolConfig {
    Objects.requireNonNull(fsync, "fsync");
    inRange("lanes", lanes, 1, 64);
    inRange("segmentBytes", segmentBytes, KIB, 512 * MIB);
    inRange("maxRecordBytes", maxRecordBytes, 64, MAX_RECORD_BYTES);
    inRange("maxPositions", maxPositions, 1, 1_000_000);
    inRange("maxBytes", maxBytes, Space.OVERHEAD + 3L * segmentBytes * lanes, Long.MAX_VALUE);
    if (fsyncInterval.isZero() || fsyncInterval.isNegative()) {
      throw new IllegalArgumentException("fsyncInterval is not positive: " + fsyncInterval);
    }
  }

  /**
   * Two lanes, segments of 8 MiB, at most 1 GiB on disk, lines up to 1 MiB with 64 KiB around them,
   * forced each 50 ms, 10,000 positions.
   */
  public static SpoolConfig defaults() {
    return new SpoolConfig(
        2,
        8 * MIB,
        1024L * MIB,
        MIB + 64 * KIB,
        FsyncPolicy.INTERVAL,
        Duration.ofMillis(50),
        10_000);
  }

  public SpoolConfig withLanes(int value) {
    return new SpoolConfig(
        value, segmentBytes, maxBytes, maxRecordBytes, fsync, fsyncInterval, maxPositions);
  }

  /** Changes the size of a segment and of the whole together, since one bounds the other. */
  public SpoolConfig withSizes(int newSegmentBytes, long newMaxBytes) {
    return new SpoolConfig(
        lanes, newSegmentBytes, newMaxBytes, maxRecordBytes, fsync, fsyncInterval, maxPositions);
  }

  public SpoolConfig withMaxRecordBytes(int value) {
    return new SpoolConfig(
        lanes, segmentBytes, maxBytes, value, fsync, fsyncInterval, maxPositions);
  }

  public SpoolConfig withFsync(FsyncPolicy policy, Duration interval) {
    return new SpoolConfig(
        lanes, segmentBytes, maxBytes, maxRecordBytes, policy, interval, maxPositions);
  }

  public SpoolConfig withMaxPositions(int value) {
    return new SpoolConfig(
        lanes, segmentBytes, maxBytes, maxRecordBytes, fsync, fsyncInterval, value);
  }

  private static void inRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not between " + min + " and " + max);
    }
  }
}
