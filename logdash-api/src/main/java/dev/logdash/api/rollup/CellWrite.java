package dev.logdash.api.rollup;

/**
 * A cell to write if nobody else has moved it.
 *
 * @param expectedOffset the offset of the stored cell that this one replaces; {@link #ABSENT} if
 *     there is none
 */
public record CellWrite(long expectedOffset, Cell cell) {

  /** The offset of a cell that is not stored. */
  public static final long ABSENT = -1;
}
