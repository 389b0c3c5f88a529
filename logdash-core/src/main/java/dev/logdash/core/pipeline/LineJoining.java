package dev.logdash.core.pipeline;

/**
 * Tells which lines belong together. Pure: the answer follows from the bytes of the lines of one
 * event. What is remembered of them is a number, the state, which is handed back with the next
 * line.
 */
public interface LineJoining {

  /** The state in which no line goes on. */
  int END = 0;

  /** The state behind a first line; {@link #END} if it is a whole event that nothing can follow. */
  int begin(byte[] buffer, int from, int to);

  /**
   * The state behind one more line of the source; {@link #END} if the line does not go on with the
   * event but begins another.
   *
   * @param state what this said of the line before, never {@link #END}
   */
  int next(int state, byte[] buffer, int from, int to);
}
