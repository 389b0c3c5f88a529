package dev.logdash.core.pipeline;

/**
 * What became of the records of a partition since its first one: {@code lines = storedLines +
 * deadLetterLines + repeatedLines}, to the unit, over restarts.
 *
 * @param lines records read
 * @param storedLines records that became part of an event in the store
 * @param deadLetterLines records that became part of a dead letter
 * @param repeatedLines records that a producer had sent before
 * @param events events in the store
 * @param deadLetters dead letters
 */
public record Totals(
    long lines,
    long storedLines,
    long deadLetterLines,
    long repeatedLines,
    long events,
    long deadLetters) {

  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

  public Totals plus(Totals other) {
    return new Totals(
        lines + other.lines,
        storedLines + other.storedLines,
        deadLetterLines + other.deadLetterLines,
        repeatedLines + other.repeatedLines,
        events + other.events,
        deadLetters + other.deadLetters);
  }
}
