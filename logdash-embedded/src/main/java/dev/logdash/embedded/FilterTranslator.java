package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.query.NumberLiteral;
import dev.logdash.core.query.NumericRange;
import dev.logdash.core.query.Wildcard;
import dev.logdash.core.text.Tokenizer;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;
import org.jspecify.annotations.Nullable;

/** Says a filter in queries of Lucene, with the meaning of {@link FilterMatcher}. */
final class FilterTranslator {

  private final boolean numbersRefused;

  /**
   * @param numbersRefused whether an index has numbers without doc values
   */
  FilterTranslator(boolean numbersRefused) {
    this.numbersRefused = numbersRefused;
  }

  Query translate(Filter filter) {
    return ofCanonical(CanonicalFilter.of(filter));
  }

  private Query ofCanonical(Filter filter) {
    if (filter instanceof Filter.All) {
      return new MatchAllDocsQuery();
    }
    if (filter instanceof Filter.And and) {
      return combine(and.filters(), Occur.FILTER);
    }
    if (filter instanceof Filter.Or or) {
      return combine(or.filters(), Occur.SHOULD);
    }
    if (filter instanceof Filter.Not not) {
      return not(ofCanonical(not.filter()));
    }
    if (filter instanceof Filter.Phrase phrase) {
      List<String> terms = Tokenizer.terms(phrase.text());
      return inTexts(phrase.field(), field -> phrase(field, terms));
    }
    if (filter instanceof Filter.TokenPattern pattern) {
      Wildcard wildcard = Wildcard.folded(pattern.pattern());
      return inTexts(
          pattern.field(), field -> new WildcardTermsQuery(field, new BytesRef(), wildcard));
    }
    if (filter instanceof Filter.Equal equal) {
      return equal(equal.field(), equal.value());
    }
    if (filter instanceof Filter.ValuePattern pattern) {
      return pattern(pattern.field(), pattern.pattern());
    }
    if (filter instanceof Filter.Range range) {
      return CanonicalFilter.isNumeric(range) ? numericRange(range) : textRange(range);
    }
    if (filter instanceof Filter.Exists exists) {
      return exists(exists.field());
    }
    throw new AssertionError(filter);
  }

  private Query combine(List<Filter> filters, Occur occur) {
    // Nested rather than in one query, since Lucene bounds the clauses of one.
    Query[] queries = filters.stream().map(this::ofCanonical).toArray(Query[]::new);
    return combine(occur, queries);
  }

  static Query combine(Occur occur, Query... queries) {
    if (queries.length == 1) {
      return queries[0];
    }
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    for (Query query : queries) {
      builder.add(query, occur);
    }
    return builder.build();
  }

  private static Query not(Query query) {
    return new BooleanQuery.Builder()
        .add(new MatchAllDocsQuery(), Occur.FILTER)
        .add(query, Occur.MUST_NOT)
        .build();
  }

  private static Query inTexts(String field, Function<String, Query> query) {
    return field.equals(Filter.ANY_TEXT)
        ? combine(Occur.SHOULD, IndexFields.ALL_TEXT.stream().map(query).toArray(Query[]::new))
        : query.apply(field);
  }

  private static Query phrase(String field, List<String> terms) {
    if (terms.isEmpty()) {
      return new MatchNoDocsQuery("no token");
    }
    return terms.size() == 1
        ? new TermQuery(new Term(field, terms.get(0)))
        : new ConstantScoreQuery(new PhraseQuery(field, terms.toArray(String[]::new)));
  }

  private static Query equal(String field, String literal) {
    if (EventFields.isExact(field)) {
      return new TermQuery(new Term(IndexFields.ID, literal));
    }
    BigDecimal number = NumberLiteral.parse(literal);
    if (field.equals(EcsFields.TIMESTAMP)) {
      return number == null
          ? new MatchNoDocsQuery("no time")
          : LongPoint.newExactQuery(IndexFields.TIME, number.longValueExact());
    }
    Query text = value(field, IndexFields.TEXT_VALUE, Tokenizer.fold(literal));
    if (number == null) {
      return text;
    }
    Query whole = number(field, number, number.longValue());
    Query real = number(field, number, number.doubleValue());
    return combine(Occur.SHOULD, text, whole, real);
  }

  /** The documents with a number, if that is the one asked for. */
  private static Query number(String field, BigDecimal wanted, Number candidate) {
    boolean finite = !(candidate instanceof Double d) || Double.isFinite(d);
    return finite && EventFields.number(candidate).compareTo(wanted) == 0
        ? value(field, IndexFields.NUMBER_VALUE, Tokenizer.fold(EventFields.text(candidate)))
        : new MatchNoDocsQuery("no such number");
  }

  private static Query value(String field, byte kind, String folded) {
    BytesRef text = new BytesRef(folded);
    Bytes term = start(field, kind);
    term.writeBytes(text.bytes, text.length);
    return new TermQuery(new Term(IndexFields.VALUES, new BytesRef(term.toByteArray())));
  }

  private static Bytes start(String field, byte kind) {
    BytesRef existence = IndexFields.existence(field);
    Bytes term = new Bytes(existence.length + 64);
    term.writeBytes(existence.bytes, existence.length);
    term.writeByte(kind);
    return term;
  }

  private static Query pattern(String field, String pattern) {
    if (EventFields.isExact(field)) {
      return new WildcardTermsQuery(IndexFields.ID, new BytesRef(), Wildcard.exact(pattern));
    }
    Wildcard wildcard = Wildcard.folded(pattern);
    if (wildcard.matchesEverything()) {
      return exists(field);
    }
    return combine(
        Occur.SHOULD,
        new WildcardTermsQuery(
            IndexFields.VALUES,
            new BytesRef(start(field, IndexFields.TEXT_VALUE).toByteArray()),
            wildcard),
        new WildcardTermsQuery(
            IndexFields.VALUES,
            new BytesRef(start(field, IndexFields.NUMBER_VALUE).toByteArray()),
            wildcard));
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
        combine(
            Occur.SHOULD,
            slowRange(IndexFields.LONGS + field, bounds.minLong(), bounds.maxLong()),
            slowRange(
                IndexFields.DOUBLES + field,
                NumericUtils.doubleToSortableLong(bounds.minDouble()),
                NumericUtils.doubleToSortableLong(bounds.maxDouble())));
    if (!numbersRefused) {
      return indexed;
    }
    return combine(
        Occur.SHOULD, indexed, new EventMatchQuery(exists(field), FilterMatcher.of(range)));
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
    return combine(
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
            ? new BytesRef(start(range.field(), (byte) (kind + 1)).toByteArray())
            : boundTerm(range.field(), kind, range.upper()),
        range.lower().isNone() || range.lower().inclusive(),
        !open && range.upper().inclusive());
  }

  private static BytesRef boundTerm(String field, byte kind, Filter.Bound bound) {
    Bytes term = start(field, kind);
    BytesRef text = new BytesRef(Tokenizer.fold(bound.value()));
    term.writeBytes(text.bytes, text.length);
    return new BytesRef(term.toByteArray());
  }

  private static Query exists(String field) {
    if (IndexFields.isAlwaysThere(field)) {
      return new MatchAllDocsQuery();
    }
    Query term = new TermQuery(new Term(IndexFields.VALUES, IndexFields.existence(field)));
    return EventFields.isText(field)
        ? term
        : combine(
            Occur.SHOULD,
            term,
            new FieldExistsQuery(IndexFields.LONGS + field),
            new FieldExistsQuery(IndexFields.DOUBLES + field),
            new FieldExistsQuery(IndexFields.TEXTS + field));
  }
}
