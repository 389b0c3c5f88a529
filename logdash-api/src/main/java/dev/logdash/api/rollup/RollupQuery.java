package dev.logdash.api.rollup;

/**
 * Which cells to read.
 *
 * @param definition what is counted
 * @param tierSeconds which tier
 * @param fromSecond windows that start at or after this, in seconds since 1970
 * @param toSecond and before this
 */
public record RollupQuery(String definition, int tierSeconds, long fromSecond, long toSecond) {}
