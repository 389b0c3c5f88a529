package dev.logdash.api.error;

/** A query that cannot be understood, with the place where understanding ended. */
public final class QuerySyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * @param position index into the query text, in UTF-16 units, from 0 to its length
   */
  public QuerySyntaxException(String message, int position) {
    super(message);
    if (position < 0) {
      throw new IllegalArgumentException("position is negative: " + position);
    }
    this.position = position;
  }

  /** The index into the query text at which the error stands, counted from 0. */
  public int position() {
    return position;
  }

  /** The same place as people count it, from 1. */
  public int column() {
    return position + 1;
  }
}
