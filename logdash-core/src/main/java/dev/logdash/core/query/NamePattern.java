package dev.logdash.core.query;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import java.util.List;

/**
 * Which fields a {@link Filter.AnyField} asks: those whose names match, but not the time and the id
 * of the event, and none with a name that is longer than {@value #LONGEST} UTF-16 units or has a
 * control character or something that is no character in it. Text fields are asked on their own, by
 * their words; all others by their numbers and whole values.
 */
public final class NamePattern {

  /** The most UTF-16 units of a name that is asked. */
  public static final int LONGEST = 255;

  private static final int REPLACEMENT = 0xFFFD;

  private final Wildcard names;

  private NamePattern(Wildcard names) {
    this.names = names;
  }

  public static NamePattern of(String names) {
    return new NamePattern(Wildcard.exact(names));
  }

  /** Whether a field that is compared by whole values, given by its canonical name, is asked. */
  public boolean asks(String field) {
    return names.matches(field) && !EventFields.isText(field) && isAskable(field);
  }

  boolean asksText(String field) {
    return names.matches(field);
  }

  boolean matchesEverything() {
    return names.matchesEverything();
  }

  /** The clause that a field is asked for. */
  public static Filter ofField(Filter clause, String field) {
    if (clause instanceof Filter.Equal equal) {
      return new Filter.Equal(field, equal.value());
    }
    if (clause instanceof Filter.ValuePattern pattern) {
      return new Filter.ValuePattern(field, pattern.pattern());
    }
    if (clause instanceof Filter.Range range) {
      return new Filter.Range(field, range.lower(), range.upper());
    }
    return new Filter.Exists(field);
  }

  /** Text fields, by canonical name. */
  static List<String> textFields() {
    return List.of(EcsFields.MESSAGE, EcsFields.ERROR_MESSAGE, EcsFields.STACK_TRACE);
  }

  private static boolean isAskable(String field) {
    return field.length() <= LONGEST
        && !field.equals(EcsFields.TIMESTAMP)
        && !EventFields.isExact(field)
        && field.codePoints().allMatch(NamePattern::isAskable);
  }

  /** Whether a character may be in a name that is asked. */
  public static boolean isAskable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && codePoint != REPLACEMENT
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}
