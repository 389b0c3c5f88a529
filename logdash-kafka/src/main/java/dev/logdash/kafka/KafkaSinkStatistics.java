package dev.logdash.kafka;

/**
 * What became of the records of a sink since its start.
 *
 * @param brokered records that the broker has
 * @param rejected records that came back as too large
 * @param rejectedLate records that the broker refused after they were answered as accepted; lost
 * @param failures producers given up; what they had not delivered is sent again by the next
 * @param dropped records accepted but not at the broker when the sink closed
 * @param bufferedBytes held now
 */
public record KafkaSinkStatistics(
    long brokered,
    long rejected,
    long rejectedLate,
    long failures,
    long dropped,
    long bufferedBytes) {}
