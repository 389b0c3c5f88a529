package dev.logdash.core.template;

import java.util.List;

/**
 * The values that a placeholder stood for.
 *
 * @param count how many there were
 * @param distinct how many different ones: exact up to 8, then an estimate with a standard error of
 *     6.5 %
 * @param frequent at most 8, the most frequent first; each value that more than an eighth of all
 *     are is among them
 * @param numbers how many were numbers
 * @param least the least number; not a number where there was none, as the next two
 * @param most the greatest number
 * @param mean the mean of the numbers
 */
public record PlaceholderValues(
    Placeholder kind,
    long count,
    long distinct,
    List<Frequent> frequent,
    long numbers,
    double least,
    double most,
    double mean) {

  /**
   * A value that came often.
   *
   * @param text its first 32 characters
   * @param count how often it came at least
   */
  public record Frequent(String text, long count) {}
}
