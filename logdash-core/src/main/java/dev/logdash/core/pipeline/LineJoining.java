package dev.logdash.core.pipeline;

/** Tells which lines belong together. Pure: the answer follows from the bytes alone. */
public interface LineJoining {

  /**
   * Whether a line goes on with the event that its source began.
   *
   * @param lines how many lines the event has so far, at least 1
   */
  boolean continues(byte[] buffer, int from, int to, int lines);

  /** Whether a first line is a whole event that nothing can follow. */
  boolean isComplete(byte[] buffer, int from, int to);
}
