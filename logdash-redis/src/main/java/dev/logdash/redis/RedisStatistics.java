package dev.logdash.redis;

/**
 * What became of the calls of Redis since the start.
 *
 * @param hits panels that were found, those that another instance computed meanwhile included
 * @param misses panels that were not found, for whatever reason
 * @param failures calls that failed
 * @param timeouts those among them that were not answered in time
 * @param skipped calls that were not made, since Redis had just failed to answer
 * @param unsent events that those who watch elsewhere missed, since they could not be sent
 * @param unreadable messages for a live tail that were none
 */
public record RedisStatistics(
    long hits,
    long misses,
    long failures,
    long timeouts,
    long skipped,
    long unsent,
    long unreadable) {}
