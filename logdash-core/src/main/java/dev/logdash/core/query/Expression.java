package dev.logdash.core.query;

/** What the pipe {@code eval} computes for each row of a table. */
public sealed interface Expression {

  /** A number that is written down: a {@code Long} or a finite {@code Double}. */
  record Constant(Number value) implements Expression {}

  /** The number in a column. */
  record Column(int column) implements Expression {}

  record Negative(Expression operand) implements Expression {}

  /**
   * Two numbers and what is done to them.
   *
   * @param operator one of {@code + - * / %}
   */
  record Binary(char operator, Expression left, Expression right) implements Expression {}
}
