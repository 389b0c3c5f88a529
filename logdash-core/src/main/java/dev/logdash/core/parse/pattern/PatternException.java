package dev.logdash.core.parse.pattern;

/** A pattern that cannot be compiled. The message names the column and says what to do. */
public final class PatternException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String problem;
  private final int column;

  PatternException(String problem, int offset) {
    super("column " + (offset + 1) + ": " + problem);
    this.problem = problem;
    this.column = offset + 1;
  }

  /** The same, found in a definition that the pattern refers to at a place. */
  PatternException inDefinition(String name, int offset) {
    return new PatternException("in " + name + ": " + problem, offset);
  }

  /** The same at another place. */
  PatternException at(int offset) {
    return new PatternException(problem, offset);
  }

  /** Where the problem is in the text of the pattern, from 1 on. */
  public int column() {
    return column;
  }
}
