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

  /** The field name that means each of the fields in turn, in the clause of {@link AnyField}. */
  String EACH_FIELD = "*";

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
   * The tokens of a text near each other, in any order, in one value of a text field. Each may
   * stand in front of its place or behind it; between the one that is furthest ahead and the one
   * that is furthest behind lie at most so many places. A text that has a token twice, or more than
   * {@link #MAX_TOKENS}, matches nothing, and no more places than {@link #MAX_PLACES} are asked
   * for.
   */
  record Near(String field, String text, int places) implements Filter {

    /** The most tokens of a text. */
    public static final int MAX_TOKENS = 20;

    /** The most places that tokens may be away. */
    public static final int MAX_PLACES = 50;

    public Near {
      if (places < 0 || places > MAX_PLACES) {
        throw new IllegalArgumentException("from 0 to " + MAX_PLACES + " places, not " + places);
      }
    }
  }

  /**
   * A token of a text field, or the whole value of any other, that becomes a word by a few edits: a
   * character more, less, or another, or two neighbours changed round. No character is edited
   * twice.
   */
  record Alike(String field, String word, int edits) implements Filter {

    /** The most edits. */
    public static final int MAX_EDITS = 2;

    public Alike {
      if (edits < 0 || edits > MAX_EDITS) {
        throw new IllegalArgumentException("from 0 to " + MAX_EDITS + " edits, not " + edits);
      }
    }
  }

  /**
   * A field whose whole value equals a literal, by number where both are numbers, else without
   * case.
   */
  record Equal(String field, String value) implements Filter {}

  /** A field whose whole value matches a pattern of literal characters, {@code *} and {@code ?}. */
  record ValuePattern(String field, String pattern) implements Filter {}

  /**
   * A field whose value lies between two bounds. Of a text field, or of {@link #ANY_TEXT}, a token
   * that does, compared as text.
   */
  record Range(String field, Bound lower, Bound upper) implements Filter {}

  /** A field that has a value. */
  record Exists(String field) implements Filter {}

  /**
   * A field whose name matches a pattern of literal characters, {@code *} and {@code ?}, with case,
   * and that a clause holds for. The time and the id of an event, which every event has, are none
   * of these fields.
   *
   * @param clause an {@code Equal}, {@code ValuePattern}, {@code Range} or {@code Exists} of {@link
   *     #EACH_FIELD}
   */
  record AnyField(String names, Filter clause) implements Filter {
    public AnyField {
      Objects.requireNonNull(names, "names");
      boolean fits =
          clause.equals(new Exists(EACH_FIELD))
              || (clause instanceof Equal equal && equal.field().equals(EACH_FIELD))
              || (clause instanceof ValuePattern pattern && pattern.field().equals(EACH_FIELD))
              || (clause instanceof Range range && range.field().equals(EACH_FIELD));
      if (!fits) {
        throw new IllegalArgumentException("no clause of each field: " + clause);
      }
    }
  }

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
