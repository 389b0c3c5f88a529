package dev.logdash.elasticsearch;

import dev.logdash.api.store.Filter;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.NamePattern;
import dev.logdash.core.query.NumberLiteral;
import dev.logdash.core.query.NumericRange;
import dev.logdash.core.query.Wildcard;
import dev.logdash.core.text.Tokenizer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says a filter over fields with names of a pattern in regular expressions over the terms that have
 * name and value; so no server has to be asked first which names there are.
 */
final class NamedValues {

  // A server takes 1,000 characters unless its index says otherwise.
  private static final int MAX_LENGTH = 900;

  // Of a name that a pattern may ask, in front of it: up to NamePattern.LONGEST.
  private static final String LENGTH =
      "([0-9A-Za-z]|\\~([6-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])\\~)";

  private NamedValues() {}

  /** The query; null where it would be too costly. */
  static @Nullable Map<String, Object> query(Filter.AnyField any) {
    if (!any.names().codePoints().allMatch(NamePattern::isAskable)) {
      return Map.of("match_none", Map.of());
    }
    if (FilterTranslator.isCostly(any.names())) {
      return null;
    }
    String name = LENGTH + Regex.of(Wildcard.exact(any.names()), Regex.IN_NAME);
    List<String> values = values(any.clause());
    if (values == null) {
      return null;
    }
    List<Map<String, Object>> queries = new ArrayList<>();
    for (String value : values) {
      String regex = name + value;
      if (regex.length() > MAX_LENGTH) {
        return null;
      }
      queries.add(
          Map.of(
              "regexp",
              Map.of(IndexFields.VALUES, Map.of("value", regex, "flags", "INTERSECTION"))));
    }
    return queries.isEmpty() ? Map.of("match_none", Map.of()) : FilterTranslator.any(queries);
  }

  /** What may stand behind the name, in one of several expressions; null if it is too costly. */
  private static @Nullable List<String> values(Filter clause) {
    if (clause instanceof Filter.Equal equal) {
      return List.of(equal(equal.value()));
    }
    if (clause instanceof Filter.ValuePattern pattern) {
      Wildcard wildcard = Wildcard.folded(pattern.pattern());
      return FilterTranslator.isCostly(wildcard.toString())
          ? null
          : List.of(
              kind(IndexFields.TEXT_VALUE, IndexFields.NUMBER_VALUE)
                  + Regex.of(wildcard, Regex.ANY));
    }
    if (clause instanceof Filter.Range range) {
      return CanonicalFilter.isNumeric(range) ? numbers(range) : List.of(texts(range));
    }
    return List.of("");
  }

  private static String equal(String literal) {
    Set<String> values = new LinkedHashSet<>();
    values.add(value(IndexFields.TEXT_VALUE, Tokenizer.fold(literal)));
    BigDecimal number = NumberLiteral.parse(literal);
    if (number != null) {
      List<Number> candidates =
          Double.isFinite(number.doubleValue())
              ? List.of(number.longValue(), number.doubleValue())
              : List.of(number.longValue());
      for (Number candidate : candidates) {
        if (EventFields.number(candidate).compareTo(number) == 0) {
          values.add(value(IndexFields.NUMBER_VALUE, Tokenizer.fold(EventFields.text(candidate))));
        }
      }
    }
    return '(' + String.join("|", values.stream().map(Regex::of).toList()) + ')';
  }

  private static List<String> numbers(Filter.Range range) {
    NumericRange bounds = NumericRange.of(range);
    List<String> values = new ArrayList<>();
    if (bounds.minLong() <= bounds.maxLong()) {
      values.add(
          kind(IndexFields.LONG_VALUE, IndexFields.LONG_VALUE)
              + Regex.between(
                  new Filter.Bound(IndexFields.sortable(bounds.minLong()), true),
                  new Filter.Bound(IndexFields.sortable(bounds.maxLong()), true)));
    }
    if (bounds.minDouble() <= bounds.maxDouble()) {
      values.add(
          kind(IndexFields.DOUBLE_VALUE, IndexFields.DOUBLE_VALUE)
              + Regex.between(
                  new Filter.Bound(IndexFields.sortable(bounds.minDouble()), true),
                  new Filter.Bound(IndexFields.sortable(bounds.maxDouble()), true)));
    }
    return values;
  }

  private static String texts(Filter.Range range) {
    return kind(IndexFields.TEXT_VALUE, IndexFields.NUMBER_VALUE)
        + Regex.between(folded(range.lower()), folded(range.upper()));
  }

  private static Filter.Bound folded(Filter.Bound bound) {
    return new Filter.Bound(Tokenizer.fold(bound.value()), bound.inclusive());
  }

  private static String value(char kind, String value) {
    return "" + IndexFields.VALUE + kind + value;
  }

  /** What stands behind a name in front of values from one kind to another. */
  private static String kind(char from, char to) {
    return IndexFields.VALUE + Regex.of(from, to);
  }
}
