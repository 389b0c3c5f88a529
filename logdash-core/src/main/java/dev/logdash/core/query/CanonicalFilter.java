package dev.logdash.core.query;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.text.Tokenizer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a filter into the form that stores evaluate, without changing its meaning:
 *
 * <ul>
 *   <li>{@code And} and {@code Or} have two parts or more;
 *   <li>short field names are replaced by the canonical ones;
 *   <li>on text fields and {@link Filter#ANY_TEXT} only {@code Phrase}, {@code TokenPattern},
 *       {@code Range}, {@code Near}, {@code Alike} and (text fields) {@code Exists} remain; on all
 *       other fields only {@code Equal}, {@code ValuePattern}, {@code Range}, {@code Alike} and
 *       {@code Exists};
 *   <li>a comparison of a numeric field with something that is no number is {@link #NOTHING}; a
 *       range without bounds is {@code Exists};
 *   <li>{@code AnyField} asks no text field any more; what it asked of them stands beside it in an
 *       {@code Or}. One whose names have no wildcard is the clause of that field;
 *   <li>a pattern without a wildcard is what it says literally, {@code *} alone asks for existence,
 *       and a token pattern that reaches over a separator is {@link #NOTHING};
 *   <li>a phrase has at least one token; one without is {@link #NOTHING}, and so is a text that
 *       cannot be looked for near each other, and a word that is no token of a text field.
 * </ul>
 */
public final class CanonicalFilter {

  /** No event. */
  public static final Filter NOTHING = new Filter.Not(Filter.ALL);

  private CanonicalFilter() {}

  public static Filter of(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.filters().size() == 1
          ? of(and.filters().get(0))
          : new Filter.And(and.filters().stream().map(CanonicalFilter::of).toList());
    }
    if (filter instanceof Filter.Or or) {
      return or.filters().size() == 1
          ? of(or.filters().get(0))
          : new Filter.Or(or.filters().stream().map(CanonicalFilter::of).toList());
    }
    if (filter instanceof Filter.Not not) {
      return new Filter.Not(of(not.filter()));
    }
    if (filter instanceof Filter.All) {
      return filter;
    }
    if (filter instanceof Filter.Phrase phrase) {
      return whole(phrase.field(), phrase.text());
    }
    if (filter instanceof Filter.Equal equal) {
      return whole(equal.field(), equal.value());
    }
    if (filter instanceof Filter.TokenPattern pattern) {
      return pattern(pattern.field(), pattern.pattern());
    }
    if (filter instanceof Filter.ValuePattern pattern) {
      return pattern(pattern.field(), pattern.pattern());
    }
    if (filter instanceof Filter.Range range) {
      return range(range);
    }
    if (filter instanceof Filter.Exists exists) {
      return exists(exists.field());
    }
    if (filter instanceof Filter.Near near) {
      return near(near);
    }
    if (filter instanceof Filter.Alike alike) {
      return alike(alike);
    }
    if (filter instanceof Filter.AnyField any) {
      return anyField(any);
    }
    throw new AssertionError(filter);
  }

  /** Whether the bounds of a canonical range are numbers, so that only numbers can lie in it. */
  public static boolean isNumeric(Filter.Range range) {
    return !isSearchedByWords(range.field())
        && List.of(range.lower(), range.upper()).stream()
            .allMatch(bound -> bound.isNone() || NumberLiteral.parse(bound.value()) != null);
  }

  private static Filter near(Filter.Near near) {
    String name = EventFields.canonicalName(near.field());
    List<String> tokens = Tokenizer.terms(near.text());
    if (!isSearchedByWords(name) || !NearTokens.canBeAsked(tokens)) {
      return NOTHING;
    }
    return tokens.size() == 1 || near.places() == 0
        ? new Filter.Phrase(name, near.text())
        : new Filter.Near(name, near.text(), near.places());
  }

  private static Filter alike(Filter.Alike alike) {
    String name = EventFields.canonicalName(alike.field());
    boolean byWords = isSearchedByWords(name);
    if (EventFields.isNumeric(name)
        || EventFields.isExact(name)
        || alike.word().isEmpty()
        || (byWords && !isWithinOneToken(alike.word()))) {
      return NOTHING;
    }
    return alike.edits() == 0 && byWords
        ? new Filter.Phrase(name, alike.word())
        : new Filter.Alike(name, alike.word(), alike.edits());
  }

  private static Filter anyField(Filter.AnyField any) {
    if (!Wildcard.hasWildcard(any.names())) {
      return of(NamePattern.ofField(any.clause(), Lexer.unescape(any.names())));
    }
    Filter clause = of(any.clause());
    NamePattern names = NamePattern.of(any.names());
    if (names.matchesEverything() && clause instanceof Filter.Exists) {
      return Filter.ALL;
    }
    List<Filter> parts = new ArrayList<>();
    // Over words, bounds that are numbers would not mean the numbers.
    boolean isNumeric = clause instanceof Filter.Range range && isNumeric(range);
    for (String field : isNumeric ? List.<String>of() : NamePattern.textFields()) {
      Filter part = names.asksText(field) ? of(NamePattern.ofField(clause, field)) : NOTHING;
      if (!part.equals(NOTHING)) {
        parts.add(part);
      }
    }
    parts.add(new Filter.AnyField(any.names(), clause));
    return parts.size() == 1 ? parts.get(0) : new Filter.Or(parts);
  }

  private static Filter whole(String field, String literal) {
    String name = EventFields.canonicalName(field);
    if (isSearchedByWords(name)) {
      return Tokenizer.terms(literal).isEmpty() ? NOTHING : new Filter.Phrase(name, literal);
    }
    return EventFields.isNumeric(name) && !isComparable(name, literal)
        ? NOTHING
        : new Filter.Equal(name, literal);
  }

  private static Filter pattern(String field, String pattern) {
    String name = EventFields.canonicalName(field);
    boolean byWords = isSearchedByWords(name);
    if (Wildcard.exact(pattern).matchesEverything()) {
      return name.equals(Filter.ANY_TEXT) ? Filter.ALL : new Filter.Exists(name);
    }
    if (byWords
        && !Wildcard.literals(pattern).stream().allMatch(CanonicalFilter::isWithinOneToken)) {
      return NOTHING;
    }
    if (!Wildcard.hasWildcard(pattern)) {
      return whole(name, Lexer.unescape(pattern));
    }
    if (byWords) {
      return new Filter.TokenPattern(name, pattern);
    }
    return EventFields.isNumeric(name) ? NOTHING : new Filter.ValuePattern(name, pattern);
  }

  /** Whether a text that is not empty could be a part of one token. */
  static boolean isWithinOneToken(String text) {
    return Tokenizer.terms(text).equals(List.of(Tokenizer.fold(text)));
  }

  /** Whether a canonical field, or none, is searched by words instead of whole values. */
  static boolean isSearchedByWords(String name) {
    return name.equals(Filter.ANY_TEXT) || EventFields.isText(name);
  }

  private static Filter range(Filter.Range range) {
    String name = EventFields.canonicalName(range.field());
    if (range.lower().isNone() && range.upper().isNone()) {
      return name.equals(Filter.ANY_TEXT) ? Filter.ALL : exists(name);
    }
    for (Filter.Bound bound : List.of(range.lower(), range.upper())) {
      if (EventFields.isNumeric(name) && !bound.isNone() && !isComparable(name, bound.value())) {
        return NOTHING;
      }
    }
    return new Filter.Range(name, range.lower(), range.upper());
  }

  private static Filter exists(String field) {
    if (field.equals(Filter.ANY_TEXT)) {
      throw new IllegalArgumentException("only a named field can be asked for its existence");
    }
    return new Filter.Exists(EventFields.canonicalName(field));
  }

  private static boolean isComparable(String name, String literal) {
    BigDecimal number = NumberLiteral.parse(literal);
    if (number == null) {
      return false;
    }
    // Times are whole nanoseconds of 63 bits, the only ones that can be written down as a time.
    return !name.equals(EcsFields.TIMESTAMP)
        || (number.scale() == 0
            && number.signum() >= 0
            && number.unscaledValue().bitLength() <= 63);
  }
}
