package dev.logdash.embedded;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.CanonicalFilter;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.query.FilterMatcher;
import dev.logdash.core.query.NamePattern;
import dev.logdash.core.query.NumberLiteral;
import dev.logdash.core.query.Wildcard;
import dev.logdash.core.text.Tokenizer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.LevenshteinAutomata;

/** Says a filter in queries of Lucene, with the meaning of {@link FilterMatcher}. */
final class FilterTranslator {

  // Of all patterns of names together, so that their queries take a few megabytes at most.
  private static final int MAX_FIELDS = 10_000;

  private final RangeQueries ranges;
  private final AtomicInteger fieldsLeft = new AtomicInteger(MAX_FIELDS);

  /**
   * @param numbersRefused whether an index has numbers without doc values
   */
  FilterTranslator(boolean numbersRefused) {
    ranges = new RangeQueries(numbersRefused);
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
      return ranges.of(range);
    }
    if (filter instanceof Filter.Exists exists) {
      return exists(exists.field());
    }
    if (filter instanceof Filter.Near near) {
      List<String> terms = Tokenizer.terms(near.text());
      return inTexts(near.field(), field -> near(field, terms, near));
    }
    if (filter instanceof Filter.Alike alike) {
      return alike(alike);
    }
    if (filter instanceof Filter.AnyField any) {
      return new NamedFieldsQuery(any, names -> ofFields(any.clause(), names), fieldsLeft);
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

  static Query inTexts(String field, Function<String, Query> query) {
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

  private static Query near(String field, List<String> terms, Filter.Near near) {
    Query query =
        new ConstantScoreQuery(new PhraseQuery(near.places(), field, terms.toArray(String[]::new)));
    // Other fields may have several texts, with less between them than the places that are asked
    // for.
    return field.equals(EcsFields.MESSAGE)
        ? query
        : new EventMatchQuery(query, FilterMatcher.of(near));
  }

  private static Query alike(Filter.Alike alike) {
    String field = alike.field();
    if (field.equals(Filter.ANY_TEXT) || EventFields.isText(field)) {
      return inTexts(field, text -> alike(text, "", alike));
    }
    String existence = IndexFields.existence(field).utf8ToString();
    return combine(
        Occur.SHOULD,
        alike(IndexFields.VALUES, existence + (char) IndexFields.TEXT_VALUE, alike),
        alike(IndexFields.VALUES, existence + (char) IndexFields.NUMBER_VALUE, alike));
  }

  private static Query alike(String field, String start, Filter.Alike alike) {
    String word = Tokenizer.fold(alike.word());
    return new AutomatonQuery(
        new Term(field, start + word),
        new LevenshteinAutomata(word, true).toAutomaton(alike.edits(), start));
  }

  /** What a clause asks of fields that are compared by whole values, one query or more each. */
  private List<Query> ofFields(Filter clause, Set<String> fields) {
    return fields.stream()
        .map(
            field -> {
              if (clause instanceof Filter.Equal equal) {
                return equal(field, equal.value());
              }
              if (clause instanceof Filter.ValuePattern pattern) {
                return pattern(field, pattern.pattern());
              }
              return clause instanceof Filter.Range range
                  ? ranges.of((Filter.Range) NamePattern.ofField(range, field))
                  : exists(field);
            })
        .toList();
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

  static Bytes start(String field, byte kind) {
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

  static Query exists(String field) {
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
