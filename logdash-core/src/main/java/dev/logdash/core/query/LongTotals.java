package dev.logdash.core.query;

/**
 * What is known of whole numbers that were counted and added up elsewhere.
 *
 * @param count how many; at least one
 * @param sum of all
 * @param min the smallest
 * @param max the largest
 */
public record LongTotals(long count, long sum, long min, long max) {}
