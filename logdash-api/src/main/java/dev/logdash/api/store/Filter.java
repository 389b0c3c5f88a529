package dev.logdash.api.store;

import java.util.List;
import java.util.Objects;

/**
 * What an event must be like. Its meaning is defined by {@code docs/query-language.md}, and every
 * store gives it the same. Fields are named as in ECS; {@link #ANY_TEXT} stands for the message and
 * every other text of the event.
 */
public sealed interface Filter {

  /** The field name that means all texts of an event. */
  String ANY_TEXT = "";

  Filter ALL = new All();

  /** Every event. */
  record All() implements Filter {}

  /** All of these; at least one. */
  record And(List<Filter> filters) implements Filter {
    public And {
      filters = requireSome(filters);
    }
  }

  /** Any of these; at least one. */
  record Or(List<Filter> filters) implements Filter {
    public Or {
      filters = requireSome(filters);
    }
  }

  record Not(Filter filter) implements Filter {
    public Not {
      Objects.requireNonNull(filter, "filter");
    }
  }

  /**
   * The tokens of a text, one behind the other, in one value of a text field. A text without a
   * token matches nothing.
   */
  record Phrase(String field, String text) implements Filter {}

  /**
   * A token of a text field that matches a pattern of literal characters, {@code *} and {@code ?}.
   */
  record TokenPattern(String field, String pattern) implements Filter {}

  /**
   * A field whose whole value equals a literal, by number where both are numbers, else without
   * case.
   */
  record Equal(String field, String value) implements Filter {}

  /** A field whose whole value matches a pattern of literal characters, {@code *} and {@code ?}. */
  record ValuePattern(String field, String pattern) implements Filter {}

  /** A field whose value lies between two bounds. */
  record Range(String field, Bound lower, Bound upper) implements Filter {}

  /** A field that has a value. */
  record Exists(String field) implements Filter {}

  /**
   * One end of a range.
   *
   * @param value a literal; empty for no bound
   */
  record Bound(String value, boolean inclusive) {
    public static final Bound NONE = new Bound("", false);

    public boolean isNone() {
      return value.isEmpty();
    }
  }

  private static List<Filter> requireSome(List<Filter> filters) {
    List<Filter> copy = List.copyOf(filters);
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("no filter given");
    }
    return copy;
  }
}
