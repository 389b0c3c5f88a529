package dev.logdash.core.pipeline;

import dev.logdash.core.rollup.RollupSettings;
import java.time.Duration;
import java.util.Objects;

/**
 * How the processor works.
 *
 * @param checkpointInterval the longest time between two checkpoints of a partition with news; what
 *     a crash makes it read again; not negative
 * @param checkpointBytes the most bytes of records between two checkpoints; at least 1
 * @param joining when lines belong together
 * @param rollups what is counted
 */
public record PipelineSettings(
    Duration checkpointInterval, long checkpointBytes, JoinLimits joining, RollupSettings rollups) {

  /** A checkpoint each second or each 32 MiB; the defaults of joining and of what is counted. */
  public static final PipelineSettings DEFAULTS =
      new PipelineSettings(
          Duration.ofSeconds(1), 32L << 20, JoinLimits.DEFAULTS, RollupSettings.DEFAULTS);

  public PipelineSettings {
    Objects.requireNonNull(joining, "joining");
    Objects.requireNonNull(rollups, "rollups");
    if (checkpointInterval.isNegative() || checkpointBytes < 1) {
      throw new IllegalArgumentException(
          "checkpoints each " + checkpointInterval + " or " + checkpointBytes + " bytes");
    }
  }
}
