package dev.logdash.core.query;

import dev.logdash.api.event.LogEvent;
import dev.logdash.api.store.Filter;
import dev.logdash.core.text.Tokenizer;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether events are what a filter asks for: the meaning of the query language in code. The
 * filter is prepared once. Safe for use by several threads.
 */
public final class FilterMatcher implements Predicate<LogEvent> {

  private static final Values<LogEvent> EVENTS = new OfEvents();

  private final Predicate<LogEvent> root;

  private FilterMatcher(Predicate<LogEvent> root) {
    this.root = root;
  }

  public static FilterMatcher of(Filter filter) {
    return new FilterMatcher(of(filter, EVENTS));
  }

  /** Decides the same for anything that has values by the names of fields. */
  public static <R> Predicate<R> of(Filter filter, Values<R> values) {
    return new Compiler<>(values).compile(CanonicalFilter.of(filter));
  }

  /** The values of one thing. */
  public interface Values<R> {

    /** Whether any value of a field passes a test; see {@link EventFields#anyValue}. */
    boolean anyValue(R row, String field, Predicate<Object> test);

    /** Whether any text passes a test; see {@link EventFields#anyText}. */
    boolean anyText(R row, Predicate<String> test);

    /** Whether any value of the fields that a pattern of names asks passes a test. */
    default boolean anyValue(R row, NamePattern names, Predicate<Object> test) {
      return false;
    }
  }

  private static final class OfEvents implements Values<LogEvent> {
    @Override
    public boolean anyValue(LogEvent event, String field, Predicate<Object> test) {
      return EventFields.anyValue(event, field, test);
    }

    @Override
    public boolean anyText(LogEvent event, Predicate<String> test) {
      return EventFields.anyText(event, test);
    }

    @Override
    public boolean anyValue(LogEvent event, NamePattern names, Predicate<Object> test) {
      return EventFields.anyValue(event, names, test);
    }
  }

  @Override
  public boolean test(LogEvent event) {
    return root.test(event);
  }

  private static final class Compiler<R> {
    private final Values<R> values;

    Compiler(Values<R> values) {
      this.values = values;
    }

    Predicate<R> compile(Filter filter) {
      if (filter instanceof Filter.All) {
        return event -> true;
      }
      if (filter instanceof Filter.And and) {
        List<Predicate<R>> parts = compile(and.filters());
        return event -> {
          for (Predicate<R> part : parts) {
            if (!part.test(event)) {
              return false;
            }
          }
          return true;
        };
      }
      if (filter instanceof Filter.Or or) {
        List<Predicate<R>> parts = compile(or.filters());
        return event -> {
          for (Predicate<R> part : parts) {
            if (part.test(event)) {
              return true;
            }
          }
          return false;
        };
      }
      if (filter instanceof Filter.Not not) {
        return compile(not.filter()).negate();
      }
      if (filter instanceof Filter.Phrase phrase) {
        TokenRun run = new TokenRun(phrase.text());
        return onTexts(phrase.field(), run::occursIn);
      }
      if (filter instanceof Filter.TokenPattern pattern) {
        Wildcard wildcard = Wildcard.folded(pattern.pattern());
        return onTexts(pattern.field(), text -> hasToken(text, wildcard::matches));
      }
      if (filter instanceof Filter.Range range
          && CanonicalFilter.isSearchedByWords(range.field())) {
        Predicate<Object> test = textRange(range);
        return onTexts(range.field(), text -> hasToken(text, test));
      }
      if (filter instanceof Filter.Near near) {
        NearTokens tokens = new NearTokens(near);
        return onTexts(near.field(), tokens::occurIn);
      }
      if (filter instanceof Filter.Alike alike) {
        Edits edits = new Edits(Tokenizer.fold(alike.word()), alike.edits());
        return CanonicalFilter.isSearchedByWords(alike.field())
            ? onTexts(alike.field(), text -> hasToken(text, edits::suffice))
            : onValues(alike.field(), value -> edits.suffice(comparable(alike.field(), value)));
      }
      if (filter instanceof Filter.AnyField any) {
        NamePattern names = NamePattern.of(any.names());
        Predicate<Object> test = valueTest(any.clause());
        return row -> values.anyValue(row, names, test);
      }
      return onValues(field(filter), valueTest(filter));
    }

    private List<Predicate<R>> compile(List<Filter> filters) {
      return filters.stream().map(this::compile).toList();
    }

    private Predicate<R> onValues(String field, Predicate<Object> test) {
      return event -> values.anyValue(event, field, test);
    }

    private Predicate<R> onTexts(String field, Predicate<String> test) {
      return field.equals(Filter.ANY_TEXT)
          ? event -> values.anyText(event, test)
          : event ->
              values.anyValue(
                  event, field, value -> value instanceof String text && test.test(text));
    }
  }

  private static String field(Filter filter) {
    if (filter instanceof Filter.Equal equal) {
      return equal.field();
    }
    if (filter instanceof Filter.ValuePattern pattern) {
      return pattern.field();
    }
    if (filter instanceof Filter.Range range) {
      return range.field();
    }
    if (filter instanceof Filter.Exists exists) {
      return exists.field();
    }
    throw new AssertionError(filter);
  }

  /** What a clause asks of a value of its field. */
  private static Predicate<Object> valueTest(Filter filter) {
    if (filter instanceof Filter.Equal equal) {
      return equality(equal);
    }
    if (filter instanceof Filter.ValuePattern pattern) {
      boolean exact = EventFields.isExact(pattern.field());
      Wildcard wildcard =
          exact ? Wildcard.exact(pattern.pattern()) : Wildcard.folded(pattern.pattern());
      return value -> wildcard.matches(comparable(pattern.field(), value));
    }
    if (filter instanceof Filter.Range range) {
      return CanonicalFilter.isNumeric(range) ? numericRange(range) : textRange(range);
    }
    return value -> true;
  }

  private static Predicate<Object> equality(Filter.Equal equal) {
    String literal = comparable(equal.field(), equal.value());
    BigDecimal number = NumberLiteral.parse(equal.value());
    return value ->
        value instanceof Number held
            ? number != null && EventFields.number(held).compareTo(number) == 0
            : comparable(equal.field(), value).equals(literal);
  }

  private static Predicate<Object> numericRange(Filter.Range range) {
    @Nullable BigDecimal lower = NumberLiteral.parse(range.lower().value());
    @Nullable BigDecimal upper = NumberLiteral.parse(range.upper().value());
    return value -> {
      if (!(value instanceof Number held)) {
        return false;
      }
      BigDecimal number = EventFields.number(held);
      return (lower == null || isWithin(number.compareTo(lower), range.lower()))
          && (upper == null || isWithin(upper.compareTo(number), range.upper()));
    };
  }

  private static Predicate<Object> textRange(Filter.Range range) {
    String lower = comparable(range.field(), range.lower().value());
    String upper = comparable(range.field(), range.upper().value());
    return value -> {
      String text = comparable(range.field(), value);
      return (range.lower().isNone()
              || isWithin(CodePointOrder.compare(text, lower), range.lower()))
          && (range.upper().isNone()
              || isWithin(CodePointOrder.compare(upper, text), range.upper()));
    };
  }

  private static boolean isWithin(int comparison, Filter.Bound bound) {
    return bound.inclusive() ? comparison >= 0 : comparison > 0;
  }

  /** The text by which a value is compared with literals, patterns and bounds. */
  private static String comparable(String field, Object value) {
    String text = EventFields.text(value);
    return EventFields.isExact(field) ? text : Tokenizer.fold(text);
  }

  private static boolean hasToken(String text, Predicate<? super String> test) {
    Tokenizer tokenizer = new Tokenizer();
    tokenizer.reset(text);
    while (tokenizer.advance()) {
      if (test.test(tokenizer.term())) {
        return true;
      }
    }
    return false;
  }

  /** The terms of a phrase, found one behind the other by the method of Knuth, Morris and Pratt. */
  private static final class TokenRun {

    private final List<String> terms;
    private final int[] fallback;

    TokenRun(String phrase) {
      terms = Tokenizer.terms(phrase);
      fallback = new int[terms.size()];
      int matched = 0;
      for (int i = 1; i < terms.size(); i++) {
        while (matched > 0 && !terms.get(i).equals(terms.get(matched))) {
          matched = fallback[matched - 1];
        }
        matched += terms.get(i).equals(terms.get(matched)) ? 1 : 0;
        fallback[i] = matched;
      }
    }

    boolean occursIn(String text) {
      if (terms.isEmpty()) {
        return false;
      }
      Tokenizer tokenizer = new Tokenizer();
      tokenizer.reset(text);
      int matched = 0;
      while (tokenizer.advance()) {
        while (matched > 0 && !isAt(tokenizer, matched)) {
          matched = fallback[matched - 1];
        }
        if (isAt(tokenizer, matched) && ++matched == terms.size()) {
          return true;
        }
      }
      return false;
    }

    private boolean isAt(Tokenizer tokenizer, int index) {
      String term = terms.get(index);
      if (term.length() != tokenizer.length()) {
        return false;
      }
      char[] buffer = tokenizer.buffer();
      for (int i = 0; i < term.length(); i++) {
        if (buffer[i] != term.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
