package dev.logdash.core.query;

import dev.logdash.api.error.QuerySyntaxException;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.Severity;
import dev.logdash.api.store.Filter;
import dev.logdash.core.query.Lexeme.Kind;
import dev.logdash.core.text.Tokenizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Makes filters from single clauses: what a value means for its field. */
final class Clauses {

  // Words shorter than these differ less, where it is not said by how much.
  private static final int FEW = 3;
  private static final int MANY = 6;
  private static final int MAX_ALIKE = 32;

  private final TimeGrammar times;

  Clauses(TimeGrammar times) {
    this.times = times;
  }

  /**
   * A word or a quoted text of a field.
   *
   * @param field canonical; {@link Filter#ANY_TEXT} where none was written
   */
  Filter value(String field, Lexeme value) {
    String tilde = value.tilde();
    if (tilde != null) {
      return value.is(Kind.QUOTED) ? near(field, value, tilde) : alike(field, value, tilde);
    }
    if (value.is(Kind.WORD) && Wildcard.hasWildcard(value.text())) {
      return pattern(field, value);
    }
    String text = literal(value);
    if (CanonicalFilter.isSearchedByWords(field)) {
      if (Tokenizer.terms(text).isEmpty()) {
        throw new QuerySyntaxException(
            "expected a word; '" + text + "' has no letter or digit to search for", value.start());
      }
      return new Filter.Phrase(field, text);
    }
    if (!EventFields.isNumeric(field)) {
      return new Filter.Equal(field, text);
    }
    Span span = span(field, value);
    return span.first().equals(span.last())
        ? new Filter.Equal(field, span.first())
        : new Filter.Range(
            field, new Filter.Bound(span.first(), true), new Filter.Bound(span.last(), true));
  }

  Filter comparison(String field, Lexeme sign, Lexeme value) {
    requireComparable(field, sign);
    if (value.tilde() != null) {
      throw new QuerySyntaxException("a comparison has no '~'", value.start());
    }
    Span span = span(field, value);
    switch (sign.text()) {
      case ">":
        return new Filter.Range(field, new Filter.Bound(span.last(), false), Filter.Bound.NONE);
      case ">=":
        return new Filter.Range(field, new Filter.Bound(span.first(), true), Filter.Bound.NONE);
      case "<":
        return new Filter.Range(field, Filter.Bound.NONE, new Filter.Bound(span.first(), false));
      default:
        return new Filter.Range(field, Filter.Bound.NONE, new Filter.Bound(span.last(), true));
    }
  }

  Filter range(String field, Lexeme open, Lexeme from, Lexeme to, Lexeme close) {
    boolean fromIncluded = open.text().equals("[");
    boolean toIncluded = close.text().equals("]");
    Filter.Bound lower = bound(field, from, fromIncluded, fromIncluded ? Span::first : Span::last);
    Filter.Bound upper = bound(field, to, toIncluded, toIncluded ? Span::last : Span::first);
    Filter.Range range = new Filter.Range(field, lower, upper);
    return lower.isNone() && upper.isNone() ? CanonicalFilter.of(range) : range;
  }

  /** Words near each other. */
  private static Filter near(String field, Lexeme value, String tilde) {
    int places = tilde.isEmpty() ? Filter.Near.MAX_PLACES + 1 : Integer.parseInt(tilde);
    List<String> tokens = Tokenizer.terms(value.text());
    if (!CanonicalFilter.isSearchedByWords(field)) {
      throw new QuerySyntaxException(
          "words near each other are looked for in texts, and " + field + " is compared as a whole",
          value.start());
    }
    if (places > Filter.Near.MAX_PLACES || !NearTokens.canBeAsked(tokens)) {
      throw new QuerySyntaxException(
          "expected from 1 to "
              + Filter.Near.MAX_TOKENS
              + " different words, and behind '~' a number up to "
              + Filter.Near.MAX_PLACES,
          value.start());
    }
    return CanonicalFilter.of(new Filter.Near(field, value.text(), places));
  }

  /** Words that are like a word, as Elasticsearch tells how much. */
  private static Filter alike(String field, Lexeme value, String tilde) {
    String word = Lexer.unescape(value.text());
    boolean byWords = CanonicalFilter.isSearchedByWords(field);
    if (Wildcard.hasWildcard(value.text())
        || EventFields.isNumeric(field)
        || EventFields.isExact(field)
        || (byWords && !CanonicalFilter.isWithinOneToken(word))) {
      throw new QuerySyntaxException(
          "'~' asks for what is like one word of a text, or the whole value of a field, without"
              + " wildcards; to search for the text, put it in quotes",
          value.start());
    }
    int length = word.codePointCount(0, word.length());
    int edits =
        tilde.isEmpty()
            ? (length < FEW ? 0 : length < MANY ? 1 : Filter.Alike.MAX_EDITS)
            : Integer.parseInt(tilde);
    if (edits > Filter.Alike.MAX_EDITS || length > MAX_ALIKE) {
      throw new QuerySyntaxException(
          "expected a word of at most "
              + MAX_ALIKE
              + " characters, and a number from 0 to "
              + Filter.Alike.MAX_EDITS
              + " behind '~'",
          value.start());
    }
    return CanonicalFilter.of(new Filter.Alike(field, word, edits));
  }

  private Filter pattern(String field, Lexeme value) {
    String pattern = value.text();
    if (Lexer.unescape(pattern).length() > Tokenizer.MAX_TERM) {
      throw new QuerySyntaxException(
          "the pattern has more than " + Tokenizer.MAX_TERM + " characters", value.start());
    }
    if (Wildcard.exact(pattern).matchesEverything()) {
      return CanonicalFilter.of(new Filter.ValuePattern(field, pattern));
    }
    if (EventFields.isNumeric(field)) {
      throw new QuerySyntaxException(
          "expected a value; a pattern does not apply to " + field, value.start());
    }
    if (!CanonicalFilter.isSearchedByWords(field)) {
      requireNotReserved(value);
      return new Filter.ValuePattern(field, pattern);
    }
    for (String literal : Wildcard.literals(pattern)) {
      if (!CanonicalFilter.isWithinOneToken(literal)) {
        throw new QuerySyntaxException(
            "'"
                + literal
                + "' is not part of one word, and a pattern holds within one; search for the words"
                + " one by one, or for the whole text in quotes",
            value.start());
      }
    }
    return new Filter.TokenPattern(field, pattern);
  }

  private Filter.Bound bound(
      String field, Lexeme value, boolean inclusive, Function<Span, String> side) {
    if (value.is(Kind.WORD) && value.text().equals("*")) {
      return Filter.Bound.NONE;
    }
    return new Filter.Bound(side.apply(span(field, value)), inclusive);
  }

  /** What a literal stands for in a comparison; first and last differ where it names a unit. */
  private Span span(String field, Lexeme value) {
    String text = literal(value);
    if (text.isEmpty() || (value.is(Kind.WORD) && Wildcard.hasWildcard(value.text()))) {
      throw new QuerySyntaxException("expected a value to compare with", value.start());
    }
    if (field.equals(EcsFields.TIMESTAMP)) {
      return time(text, value.start());
    }
    if (field.equals(EcsFields.DURATION) || RowFields.isPlain(field)) {
      Long nanos = TimeSpans.nanos(text);
      return nanos == null ? new Span(text, text) : new Span(nanos.toString(), nanos.toString());
    }
    return field.equals(EcsFields.SEVERITY) ? severity(text, value.start()) : new Span(text, text);
  }

  private Span time(String text, int start) {
    try {
      TimeGrammar.Span span = times.parse(text);
      return new Span(Long.toString(span.firstNanos()), Long.toString(span.lastNanos()));
    } catch (QuerySyntaxException e) {
      throw new QuerySyntaxException(String.valueOf(e.getMessage()), start);
    }
  }

  private static Span severity(String text, int start) {
    if (NumberLiteral.parse(text) != null) {
      return new Span(text, text);
    }
    String name = text.toLowerCase(Locale.ROOT);
    name = name.equals("warning") ? "warn" : name;
    for (Severity severity : Severity.values()) {
      if (severity == Severity.UNSPECIFIED) {
        continue;
      }
      if (severity.className().equals(name)) {
        return new Span(
            Integer.toString(severity.number()), Integer.toString(severity.number() + 3));
      }
      if (severity.name().toLowerCase(Locale.ROOT).equals(name)) {
        return new Span(Integer.toString(severity.number()), Integer.toString(severity.number()));
      }
    }
    throw new QuerySyntaxException(
        "'"
            + text
            + "' is no severity; expected trace, debug, info, warn, error, fatal or a number from"
            + " 1 to 24; log.level: compares the word that the log has",
        start);
  }

  private static String literal(Lexeme value) {
    if (value.is(Kind.QUOTED)) {
      return value.text();
    }
    requireNotReserved(value);
    return Lexer.unescape(value.text());
  }

  private static void requireNotReserved(Lexeme value) {
    String text = value.text();
    if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
      throw new QuerySyntaxException(
          "text between two slashes is reserved; to search for it, put it in quotes",
          value.start());
    }
  }

  private static void requireComparable(String field, Lexeme sign) {
    if (CanonicalFilter.isSearchedByWords(field)) {
      throw new QuerySyntaxException(
          "'"
              + sign.text()
              + "' does not apply to "
              + field
              + ", which is searched by its words; words between two are asked for by "
              + field
              + ":[a TO b]",
          sign.start());
    }
  }

  private record Span(String first, String last) {}
}
