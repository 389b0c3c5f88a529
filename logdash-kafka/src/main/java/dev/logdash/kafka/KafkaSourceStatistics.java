package dev.logdash.kafka;

/**
 * What a source has done since its start.
 *
 * @param records handed out, those read again included
 * @param foreign those among them that no producer of ours has written
 * @param offsetsReset times that a wanted offset was not kept any more, so that reading began at
 *     the earliest
 * @param rebalances times that partitions came or went
 * @param failures consumers given up
 * @param lag records of the assigned partitions that are still to be read, as last known
 */
public record KafkaSourceStatistics(
    long records, long foreign, long offsetsReset, long rebalances, long failures, long lag) {}
