package dev.logdash.elasticsearch;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.NumberLiteral;
import dev.logdash.core.query.Wildcard;
import dev.logdash.core.text.Tokenizer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says a filter in queries of Elasticsearch, with the meaning of {@link
 * dev.logdash.core.query.FilterMatcher}. What a server might refuse as too costly has no
 * translation; it is answered from the events.
 */
final class FilterTranslator {

  // A server allows 30 levels, of which the query around takes some.
  private static final int MAX_DEPTH = 24;
  // A server allows 1,024 or more in all.
  private static final int MAX_LEAVES = 800;
  // Each ? behind a * may double the automaton that a server makes of a pattern.
  private static final int MAX_SINGLES = 6;
  // A server gives up on an automaton that takes 10,000 steps to make, which about follows this.
  private static final int MAX_EFFORT = 4_000;

  private int leaves;

  /** The queries that all have to match; null where one of the filter's conjuncts has none. */
  static List<@Nullable Map<String, Object>> conjuncts(Filter filter) {
    FilterTranslator translator = new FilterTranslator();
    List<@Nullable Map<String, Object>> queries = new ArrayList<>();
    translator.addConjuncts(CanonicalFilter.of(filter), queries);
    return queries;
  }

  private void addConjuncts(Filter filter, List<@Nullable Map<String, Object>> queries) {
    if (filter instanceof Filter.And and) {
      and.filters().forEach(part -> addConjuncts(part, queries));
    } else if (!(filter instanceof Filter.All)) {
      queries.add(translate(filter, 0));
    }
  }

  private @Nullable Map<String, Object> translate(Filter filter, int depth) {
    if (depth > MAX_DEPTH) {
      return null;
    }
    if (filter instanceof Filter.And and) {
      return combine("filter", and.filters(), depth);
    }
    if (filter instanceof Filter.Or or) {
      return combine("should", or.filters(), depth);
    }
    if (filter instanceof Filter.Not not) {
      return combine("must_not", List.of(not.filter()), depth);
    }
    return ++leaves > MAX_LEAVES ? null : leaf(filter);
  }

  private @Nullable Map<String, Object> combine(String occur, List<Filter> filters, int depth) {
    List<Object> queries = new ArrayList<>();
    for (Filter filter : filters) {
      Map<String, Object> query = translate(filter, depth + 1);
      if (query == null) {
        return null;
      }
      queries.add(query);
    }
    return Map.of("bool", Map.of(occur, queries));
  }

  private static @Nullable Map<String, Object> leaf(Filter filter) {
    if (filter instanceof Filter.All) {
      return all();
    }
    if (filter instanceof Filter.Phrase phrase) {
      List<String> terms = Tokenizer.terms(phrase.text());
      return any(
          IndexFields.textFields(phrase.field()).stream()
              .map(field -> phrase(field, terms))
              .toList());
    }
    if (filter instanceof Filter.TokenPattern pattern) {
      String folded = Wildcard.folded(pattern.pattern()).toString();
      return isCostly(folded)
          ? null
          : any(
              IndexFields.textFields(pattern.field()).stream()
                  .map(field -> wildcard(field, folded))
                  .toList());
    }
    if (filter instanceof Filter.Equal equal) {
      return equal(equal.field(), equal.value());
    }
    if (filter instanceof Filter.ValuePattern pattern) {
      return pattern(pattern.field(), pattern.pattern());
    }
    if (filter instanceof Filter.Range range) {
      return RangeQueries.of(range);
    }
    if (filter instanceof Filter.Near near) {
      String text = String.join(" ", Tokenizer.terms(near.text()));
      return any(
          IndexFields.textFields(near.field()).stream()
              .map(field -> phrase(field, text, near.places()))
              .toList());
    }
    if (filter instanceof Filter.Alike alike) {
      return alike(alike);
    }
    if (filter instanceof Filter.AnyField any) {
      return NamedValues.query(any);
    }
    if (filter instanceof Filter.Exists exists) {
      return exists(exists.field());
    }
    throw new AssertionError(filter);
  }

  private static Map<String, Object> phrase(String field, List<String> terms) {
    return terms.size() == 1
        ? term(field, terms.get(0))
        : phrase(field, String.join(" ", terms), 0);
  }

  // Between texts lie more places than may be asked for.
  private static Map<String, Object> phrase(String field, String terms, int places) {
    return Map.of(
        "match_phrase",
        Map.of(field, Map.of("query", terms, "analyzer", "whitespace", "slop", (long) places)));
  }

  private static Map<String, Object> alike(Filter.Alike alike) {
    String field = alike.field();
    String word = Tokenizer.fold(alike.word());
    if (field.equals(Filter.ANY_TEXT) || EventFields.isText(field)) {
      return any(
          IndexFields.textFields(field).stream()
              .map(text -> alike(text, "", word, alike.edits()))
              .toList());
    }
    String text = IndexFields.term(field, IndexFields.TEXT_VALUE, "");
    String number = IndexFields.term(field, IndexFields.NUMBER_VALUE, "");
    return any(
        List.of(
            alike(IndexFields.VALUES, text, word, alike.edits()),
            alike(IndexFields.VALUES, number, word, alike.edits())));
  }

  /** The terms that begin as they must and become a word by edits of what stands behind. */
  private static Map<String, Object> alike(String field, String start, String word, int edits) {
    return Map.of(
        "fuzzy",
        Map.of(
            field,
            Map.of(
                "value",
                start + word,
                "fuzziness",
                (long) edits,
                "prefix_length",
                (long) start.codePointCount(0, start.length()),
                "transpositions",
                true,
                // Else only the terms that are most alike would be asked for.
                "rewrite",
                "constant_score")));
  }

  private static Map<String, Object> equal(String field, String literal) {
    if (EventFields.isExact(field)) {
      return literal.isEmpty() ? none() : Map.of("ids", Map.of("values", List.of(literal)));
    }
    BigDecimal number = NumberLiteral.parse(literal);
    if (field.equals(EcsFields.TIMESTAMP)) {
      return number == null ? none() : term(IndexFields.TIME, number.longValueExact());
    }
    List<Map<String, Object>> queries = new ArrayList<>();
    queries.add(value(field, IndexFields.TEXT_VALUE, Tokenizer.fold(literal)));
    if (number != null) {
      addNumber(field, number, number.longValue(), queries);
      if (Double.isFinite(number.doubleValue())) {
        addNumber(field, number, number.doubleValue(), queries);
      }
    }
    return any(queries);
  }

  /** The documents with a number, if that is the one asked for. */
  private static void addNumber(
      String field, BigDecimal wanted, Number candidate, List<Map<String, Object>> queries) {
    if (EventFields.number(candidate).compareTo(wanted) == 0) {
      String folded = Tokenizer.fold(EventFields.text(candidate));
      queries.add(value(field, IndexFields.NUMBER_VALUE, folded));
    }
  }

  private static Map<String, Object> value(String field, char kind, String folded) {
    return term(IndexFields.VALUES, IndexFields.term(field, kind, folded));
  }

  private static @Nullable Map<String, Object> pattern(String field, String pattern) {
    boolean exact = EventFields.isExact(field);
    Wildcard wildcard = exact ? Wildcard.exact(pattern) : Wildcard.folded(pattern);
    if (wildcard.matchesEverything()) {
      return exists(field);
    }
    if (isCostly(wildcard.toString())) {
      return null;
    }
    if (exact) {
      return wildcard(IndexFields.ID, wildcard.toString());
    }
    return any(
        List.of(
            wildcard(
                IndexFields.VALUES,
                Wildcard.escape(IndexFields.term(field, IndexFields.TEXT_VALUE, "")) + wildcard),
            wildcard(
                IndexFields.VALUES,
                Wildcard.escape(IndexFields.term(field, IndexFields.NUMBER_VALUE, ""))
                    + wildcard)));
  }

  static boolean isCostly(String pattern) {
    int star = pattern.indexOf('*');
    long stars = pattern.chars().filter(c -> c == '*').count();
    return stars * pattern.length() > MAX_EFFORT
        || (star >= 0
            && pattern.substring(star).chars().filter(c -> c == '?').count() > MAX_SINGLES);
  }

  private static Map<String, Object> exists(String field) {
    return field.equals(EcsFields.TIMESTAMP) || EventFields.isExact(field)
        ? all()
        : term(IndexFields.VALUES, IndexFields.existence(field));
  }

  static Map<String, Object> any(List<Map<String, Object>> queries) {
    return queries.size() == 1
        ? queries.get(0)
        : Map.of("bool", Map.of("should", List.copyOf(queries)));
  }

  private static Map<String, Object> all() {
    return Map.of("match_all", Map.of());
  }

  static Map<String, Object> none() {
    return Map.of("match_none", Map.of());
  }

  static Map<String, Object> term(String field, Object value) {
    return Map.of("term", Map.of(field, value));
  }

  private static Map<String, Object> wildcard(String field, String pattern) {
    return Map.of("wildcard", Map.of(field, Map.of("value", pattern)));
  }

  static Map<String, Object> range(String field, Map<String, Object> bounds) {
    return Map.of("range", Map.of(field, bounds));
  }
}
