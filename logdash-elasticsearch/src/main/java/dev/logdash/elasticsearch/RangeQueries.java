package dev.logdash.elasticsearch;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.NumericRange;
import dev.logdash.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Says ranges in queries of Elasticsearch. */
final class RangeQueries {

  private RangeQueries() {}

  static Map<String, Object> of(Filter.Range range) {
    String field = range.field();
    if (field.equals(Filter.ANY_TEXT) || EventFields.isText(field)) {
      Map<String, Object> bounds = bounds(range.lower(), range.upper(), Tokenizer::fold);
      return FilterTranslator.any(
          IndexFields.textFields(field).stream()
              .map(text -> FilterTranslator.range(text, bounds))
              .toList());
    }
    return CanonicalFilter.isNumeric(range) ? numericRange(range) : textRange(range);
  }

  private static Map<String, Object> bounds(
      Filter.Bound lower, Filter.Bound upper, UnaryOperator<String> form) {
    Map<String, Object> bounds = new LinkedHashMap<>();
    if (!lower.isNone()) {
      bounds.put(lower.inclusive() ? "gte" : "gt", form.apply(lower.value()));
    }
    if (!upper.isNone()) {
      bounds.put(upper.inclusive() ? "lte" : "lt", form.apply(upper.value()));
    }
    return bounds;
  }

  private static Map<String, Object> numericRange(Filter.Range range) {
    String field = range.field();
    if (EventFields.isExact(field)) {
      return FilterTranslator.none();
    }
    NumericRange bounds = NumericRange.of(range);
    boolean longs = bounds.minLong() <= bounds.maxLong();
    if (field.equals(EcsFields.TIMESTAMP)) {
      return longs
          ? FilterTranslator.range(
              IndexFields.TIME, Map.of("gte", bounds.minLong(), "lte", bounds.maxLong()))
          : FilterTranslator.none();
    }
    List<Map<String, Object>> queries = new ArrayList<>();
    if (longs) {
      queries.add(
          sortedRange(
              field,
              IndexFields.LONG_VALUE,
              IndexFields.sortable(bounds.minLong()),
              IndexFields.sortable(bounds.maxLong())));
    }
    if (bounds.minDouble() <= bounds.maxDouble()) {
      queries.add(
          sortedRange(
              field,
              IndexFields.DOUBLE_VALUE,
              IndexFields.sortable(bounds.minDouble()),
              IndexFields.sortable(bounds.maxDouble())));
    }
    return queries.isEmpty() ? FilterTranslator.none() : FilterTranslator.any(queries);
  }

  private static Map<String, Object> sortedRange(String field, char kind, String from, String to) {
    return FilterTranslator.range(
        IndexFields.VALUES,
        Map.of(
            "gte", IndexFields.term(field, kind, from), "lte", IndexFields.term(field, kind, to)));
  }

  private static Map<String, Object> textRange(Filter.Range range) {
    if (EventFields.isExact(range.field())) {
      return FilterTranslator.range(
          IndexFields.ID, bounds(range.lower(), range.upper(), UnaryOperator.identity()));
    }
    return FilterTranslator.any(
        List.of(
            textRange(range, IndexFields.TEXT_VALUE), textRange(range, IndexFields.NUMBER_VALUE)));
  }

  private static Map<String, Object> textRange(Filter.Range range, char kind) {
    boolean open = range.upper().isNone();
    String lower = Tokenizer.fold(range.lower().value());
    boolean from = range.lower().isNone() || range.lower().inclusive();
    // All values of a kind lie below the start of the next.
    String upper =
        open
            ? IndexFields.term(range.field(), (char) (kind + 1), "")
            : IndexFields.term(range.field(), kind, Tokenizer.fold(range.upper().value()));
    return FilterTranslator.range(
        IndexFields.VALUES,
        Map.of(
            from ? "gte" : "gt",
            IndexFields.term(range.field(), kind, lower),
            !open && range.upper().inclusive() ? "lte" : "lt",
            upper));
  }
}
