package dev.logdash.dashboard.request;

/**
 * What became of the requests that a recorder was given. All but those that still wait are in one
 * of these.
 *
 * @param recorded how many the sink accepted
 * @param full how many were dropped because too many waited
 * @param refused how many the sink will never take, or could not be written down
 * @param closed how many came after the end, or were left at it
 */
public record RequestCounts(long recorded, long full, long refused, long closed) {}
