package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.query.NumericRange;
import dev.logdash.core.text.Tokenizer;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** Says ranges in queries of Lucene. */
final class RangeQueries {

  private final boolean numbersRefused;

  /**
   * @param numbersRefused whether an index has numbers without doc values
   */
  RangeQueries(boolean numbersRefused) {
    this.numbersRefused = numbersRefused;
  }

  Query of(Filter.Range range) {
    String field = range.field();
    if (field.equals(Filter.ANY_TEXT) || EventFields.isText(field)) {
      return FilterTranslator.inTexts(
          field,
          text ->
              new TermRangeQuery(
                  text,
                  bound(range.lower(), Tokenizer.fold(range.lower().value())),
                  bound(range.upper(), Tokenizer.fold(range.upper().value())),
                  range.lower().inclusive(),
                  range.upper().inclusive()));
    }
    return CanonicalFilter.isNumeric(range) ? numericRange(range) : textRange(range);
  }

  private Query numericRange(Filter.Range range) {
    String field = range.field();
    if (EventFields.isExact(field)) {
      return new MatchNoDocsQuery("an id is no number");
    }
    NumericRange bounds = NumericRange.of(range);
    if (field.equals(EcsFields.TIMESTAMP)) {
      return bounds.minLong() > bounds.maxLong()
          ? new MatchNoDocsQuery("no such time")
          : LongPoint.newRangeQuery(IndexFields.TIME, bounds.minLong(), bounds.maxLong());
    }
    Query indexed =
        FilterTranslator.combine(
            Occur.SHOULD,
            slowRange(IndexFields.LONGS + field, bounds.minLong(), bounds.maxLong()),
            slowRange(
                IndexFields.DOUBLES + field,
                NumericUtils.doubleToSortableLong(bounds.minDouble()),
                NumericUtils.doubleToSortableLong(bounds.maxDouble())));
    if (!numbersRefused) {
      return indexed;
    }
    return FilterTranslator.combine(
        Occur.SHOULD,
        indexed,
        new EventMatchQuery(FilterTranslator.exists(field), FilterMatcher.of(range)));
  }

  private static Query slowRange(String field, long min, long max) {
    return min > max
        ? new MatchNoDocsQuery("no such number")
        : NumericDocValuesField.newSlowRangeQuery(field, min, max);
  }

  private static Query textRange(Filter.Range range) {
    if (EventFields.isExact(range.field())) {
      return new TermRangeQuery(
          IndexFields.ID,
          bound(range.lower(), range.lower().value()),
          bound(range.upper(), range.upper().value()),
          range.lower().inclusive(),
          range.upper().inclusive());
    }
    return FilterTranslator.combine(
        Occur.SHOULD,
        textRange(range, IndexFields.TEXT_VALUE),
        textRange(range, IndexFields.NUMBER_VALUE));
  }

  private static @Nullable BytesRef bound(Filter.Bound bound, String text) {
    return bound.isNone() ? null : new BytesRef(text);
  }

  private static Query textRange(Filter.Range range, byte kind) {
    boolean open = range.upper().isNone();
    return new TermRangeQuery(
        IndexFields.VALUES,
        boundTerm(range.field(), kind, range.lower()),
        // All values of a kind lie below the start of the next.
        open
            ? new BytesRef(FilterTranslator.start(range.field(), (byte) (kind + 1)).toByteArray())
            : boundTerm(range.field(), kind, range.upper()),
        range.lower().isNone() || range.lower().inclusive(),
        !open && range.upper().inclusive());
  }

  private static BytesRef boundTerm(String field, byte kind, Filter.Bound bound) {
    Bytes term = FilterTranslator.start(field, kind);
    BytesRef text = new BytesRef(Tokenizer.fold(bound.value()));
    term.writeBytes(text.bytes, text.length);
    return new BytesRef(term.toByteArray());
  }
}
