package dev.logdash.core.spool;

import java.time.Duration;
import java.util.Objects;

/**
 * How a spool is laid out and how safe it is. Immutable; each {@code with} method gives a changed
 * copy and refuses a value out of range.
 *
 * @param lanes ordered streams that are written and read beside each other; 1 to 64. Lanes that a
 *     folder has beyond this number are still read
 * @param segmentBytes the size at which a file is closed and the next begun; at least 1 KiB
 * @param maxBytes what all files of the spool may take together; at least three segments per lane
 *     and 256 KiB
 * @param maxRecordBytes the largest record with all that belongs to it
 * @param fsync when records are forced to the disk unasked
 * @param fsyncInterval the interval of {@link FsyncPolicy#INTERVAL}
 * @param batchRecords the most records in a batch that is read
 * @param batchBytes how many bytes of records end a batch that is read
 * @param idleInterval how often a reader that has caught up is told that time has passed
 * @param maxPositions the most source positions that a lane remembers; the least recently used go
 *     first
 * @param closeBudget the longest that closing waits for others
 */
public record SpoolConfig(
    int lanes,
    int segmentBytes,
    long maxBytes,
    int maxRecordBytes,
    FsyncPolicy fsync,
    Duration fsyncInterval,
    int batchRecords,
    int batchBytes,
    Duration idleInterval,
    int maxPositions,
    Duration closeBudget) {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  // A frame must fit into one array beside its batch.
  private static final int MAX_RECORD_BYTES = 128 * MIB;

  public SpoolConfig {
    Objects.requireNonNull(fsync, "fsync");
    inRange("lanes", lanes, 1, 64);
    inRange("segmentBytes", segmentBytes, KIB, 512 * MIB);
    inRange("maxRecordBytes", maxRecordBytes, 64, MAX_RECORD_BYTES);
    inRange("batchRecords", batchRecords, 1, 1_000_000);
    inRange("batchBytes", batchBytes, 1, 512 * MIB);
    inRange("maxPositions", maxPositions, 1, 1_000_000);
    inRange("maxBytes", maxBytes, Space.OVERHEAD + 3L * segmentBytes * lanes, Long.MAX_VALUE);
    positive("fsyncInterval", fsyncInterval);
    positive("idleInterval", idleInterval);
    positive("closeBudget", closeBudget);
  }

  /** Two lanes, segments of 8 MiB, at most 1 GiB on disk, records up to 1 MiB. */
  public static SpoolConfig defaults() {
    return new SpoolConfig(
        2,
        8 * MIB,
        1024L * MIB,
        MIB + 64 * KIB,
        FsyncPolicy.INTERVAL,
        Duration.ofMillis(50),
        2_000,
        MIB,
        Duration.ofMillis(250),
        10_000,
        Duration.ofSeconds(5));
  }

  public SpoolConfig withLanes(int value) {
    return new SpoolConfig(
        value,
        segmentBytes,
        maxBytes,
        maxRecordBytes,
        fsync,
        fsyncInterval,
        batchRecords,
        batchBytes,
        idleInterval,
        maxPositions,
        closeBudget);
  }

  /** Changes the size of a segment and of the whole together, since one bounds the other. */
  public SpoolConfig withSizes(int newSegmentBytes, long newMaxBytes) {
    return new SpoolConfig(
        lanes,
        newSegmentBytes,
        newMaxBytes,
        maxRecordBytes,
        fsync,
        fsyncInterval,
        batchRecords,
        batchBytes,
        idleInterval,
        maxPositions,
        closeBudget);
  }

  public SpoolConfig withMaxRecordBytes(int value) {
    return new SpoolConfig(
        lanes,
        segmentBytes,
        maxBytes,
        value,
        fsync,
        fsyncInterval,
        batchRecords,
        batchBytes,
        idleInterval,
        maxPositions,
        closeBudget);
  }

  public SpoolConfig withFsync(FsyncPolicy policy, Duration interval) {
    return new SpoolConfig(
        lanes,
        segmentBytes,
        maxBytes,
        maxRecordBytes,
        policy,
        interval,
        batchRecords,
        batchBytes,
        idleInterval,
        maxPositions,
        closeBudget);
  }

  public SpoolConfig withBatches(int maxRecords, int maxBatchBytes) {
    return new SpoolConfig(
        lanes,
        segmentBytes,
        maxBytes,
        maxRecordBytes,
        fsync,
        fsyncInterval,
        maxRecords,
        maxBatchBytes,
        idleInterval,
        maxPositions,
        closeBudget);
  }

  public SpoolConfig withIdleInterval(Duration value) {
    return new SpoolConfig(
        lanes,
        segmentBytes,
        maxBytes,
        maxRecordBytes,
        fsync,
        fsyncInterval,
        batchRecords,
        batchBytes,
        value,
        maxPositions,
        closeBudget);
  }

  public SpoolConfig withMaxPositions(int value) {
    return new SpoolConfig(
        lanes,
        segmentBytes,
        maxBytes,
        maxRecordBytes,
        fsync,
        fsyncInterval,
        batchRecords,
        batchBytes,
        idleInterval,
        value,
        closeBudget);
  }

  private static void inRange(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ", not between " + min + " and " + max);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " is not positive: " + value);
    }
  }
}
