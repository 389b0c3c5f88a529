package dev.logdash.core.parse;

/** A parser of one format, as the table of formats ({@link Formats}) lists it. */
interface LineFormat extends LineParser {

  /** What people call the format by. */
  String name();

  /**
   * The cheap first pass: whether a line of this format can begin with this byte, which is 0 for an
   * empty line.
   */
  boolean mayBeginWith(byte first);

  /**
   * A second cheap test: whether the fifth byte of a line of this format can be this one, which is
   * 0 for a shorter line.
   */
  default boolean mayHaveFifth(byte fifth) {
    return true;
  }

  /**
   * Whether a line of this format that begins like this one is of no format of a higher rank, so
   * that this one may be tried first. Looks at a few bytes and does not check that the line is of
   * this format.
   */
  default boolean excludesHigherRanks(byte[] b, int from, int to) {
    return false;
  }

  /** Whether a record of this format may go on behind a line feed, as a pretty-printed one does. */
  default boolean spansLines() {
    return false;
  }

  /** Inside of which formats this one is looked for. */
  default Layer layer() {
    return Layer.SURE;
  }

  /** From the outside in. */
  enum Layer {
    /** Holds a whole line of another format, as container runtimes do; stands inside of nothing. */
    CONTAINER,
    /** A header in front of any text, as in syslog; may stand in a container. */
    ENVELOPE,
    /** Told apart so surely that it is looked for behind an envelope too. */
    SURE,
    /** Fits too much, or is too seldom there, to be looked for behind an envelope. */
    VAGUE
  }
}
