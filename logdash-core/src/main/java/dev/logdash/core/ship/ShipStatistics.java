package dev.logdash.core.ship;

/**
 * What became of the records since the start.
 *
 * @param shipped records that the server has
 * @param refused records that it will never take, which are dead letters here
 * @param failures attempts that brought nothing; their records are sent again
 */
public record ShipStatistics(long shipped, long refused, long failures) {}
