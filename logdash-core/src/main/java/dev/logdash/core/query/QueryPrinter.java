package dev.logdash.core.query;

import dev.logdash.api.event.EcsFields;
import dev.logdash.api.store.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes filters as queries. {@link QueryParser} reads each back to a filter of the same meaning,
 * as long as it is within the limits of a query.
 */
public final class QueryPrinter {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]*");
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern OPERATOR = Pattern.compile("(?i)and|or|not|to");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  // Any name that is compared by whole values and written as it is.
  private static final String EACH = "x";

  private QueryPrinter() {}

  /** A query that means the same as a filter. */
  public static String print(Filter filter) {
    return write(CanonicalFilter.of(filter));
  }

  private static String write(Filter filter) {
    if (filter instanceof Filter.All) {
      return "*";
    }
    if (filter instanceof Filter.And and) {
      return join(and.filters(), " AND ");
    }
    if (filter instanceof Filter.Or or) {
      return join(or.filters(), " OR ");
    }
    if (filter instanceof Filter.Not not) {
      return "NOT " + operand(not.filter());
    }
    if (filter instanceof Filter.Phrase phrase) {
      return phrase(phrase);
    }
    if (filter instanceof Filter.TokenPattern pattern) {
      return prefix(pattern.field()) + pattern(pattern.pattern());
    }
    if (filter instanceof Filter.Equal equal) {
      return prefix(equal.field()) + value(equal.field(), equal.value());
    }
    if (filter instanceof Filter.ValuePattern pattern) {
      return prefix(pattern.field()) + pattern(pattern.pattern());
    }
    if (filter instanceof Filter.Exists exists) {
      return prefix(exists.field()) + '*';
    }
    if (filter instanceof Filter.Range range) {
      return prefix(range.field()) + range(range);
    }
    if (filter instanceof Filter.Near near) {
      return prefix(near.field()) + quote(near.text()) + '~' + near.places();
    }
    if (filter instanceof Filter.Alike alike) {
      return prefix(alike.field()) + alike(alike);
    }
    if (filter instanceof Filter.AnyField any) {
      return anyField(any);
    }
    throw new AssertionError(filter);
  }

  private static String join(List<Filter> filters, String operator) {
    return filters.stream().map(QueryPrinter::operand).collect(Collectors.joining(operator));
  }

  private static String operand(Filter filter) {
    boolean several = filter instanceof Filter.And || filter instanceof Filter.Or;
    return several ? '(' + write(filter) + ')' : write(filter);
  }

  private static String phrase(Filter.Phrase phrase) {
    boolean plain =
        PLAIN_WORD.matcher(phrase.text()).matches() && !OPERATOR.matcher(phrase.text()).matches();
    return prefix(phrase.field()) + (plain ? phrase.text() : quote(phrase.text()));
  }

  private static String anyField(Filter.AnyField any) {
    String clause = write(NamePattern.ofField(any.clause(), EACH));
    return names(any.names()) + ':' + clause.substring(EACH.length() + 1);
  }

  private static String range(Filter.Range range) {
    if (CanonicalFilter.isSearchedByWords(range.field())) {
      return brackets(range);
    }
    if (range.upper().isNone()) {
      return (range.lower().inclusive() ? ">=" : ">") + value(range.field(), range.lower().value());
    }
    if (range.lower().isNone()) {
      return (range.upper().inclusive() ? "<=" : "<") + value(range.field(), range.upper().value());
    }
    return brackets(range);
  }

  private static String brackets(Filter.Range range) {
    return (range.lower().inclusive() ? "[" : "{")
        + bound(range.field(), range.lower())
        + " TO "
        + bound(range.field(), range.upper())
        + (range.upper().inclusive() ? "]" : "}");
  }

  private static String bound(String field, Filter.Bound bound) {
    return bound.isNone() ? "*" : value(field, bound.value());
  }

  private static String value(String field, String value) {
    if (field.equals(EcsFields.TIMESTAMP)) {
      long nanos = new BigDecimal(value).longValueExact();
      return TIME.format(Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
    }
    return PLAIN.matcher(value).matches() && !OPERATOR.matcher(value).matches()
        ? value
        : quote(value);
  }

  private static String prefix(String field) {
    if (field.equals(Filter.ANY_TEXT)) {
      return "";
    }
    StringBuilder name = new StringBuilder(field.length() + 2);
    name.append(ShortNames.contains(field) ? "\\" : "");
    field.codePoints().forEach(c -> appendToName(name, c));
    return name.append(':').toString();
  }

  /** A pattern of names; its wildcards stay, and all else is escaped where a name needs it. */
  private static String names(String pattern) {
    StringBuilder name = new StringBuilder(pattern.length() + 2);
    for (int i = 0; i < pattern.length(); ) {
      int c = pattern.codePointAt(i);
      i += Character.charCount(c);
      if (c == '*' || c == '?') {
        name.appendCodePoint(c);
        continue;
      }
      if (c == '\\' && i < pattern.length()) {
        c = pattern.codePointAt(i);
        i += Character.charCount(c);
      }
      appendToName(name, c);
    }
    return name.toString();
  }

  private static void appendToName(StringBuilder name, int c) {
    boolean first = name.length() == 0;
    boolean plain =
        Character.isLetter(c)
            || c == '_'
            || c == '@'
            || (!first && (Character.isLetterOrDigit(c) || c == '.' || c == '-'));
    name.append(plain ? "" : "\\").appendCodePoint(c);
  }

  private static String alike(Filter.Alike alike) {
    return pattern(Wildcard.escape(alike.word())) + '~' + alike.edits();
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Escapes what would end the pattern or be read as something else; wildcards stay. */
  private static String pattern(String pattern) {
    StringBuilder text = new StringBuilder(pattern.length() + 8);
    for (int i = 0; i < pattern.length(); ) {
      int c = pattern.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\' && i < pattern.length()) {
        c = pattern.codePointAt(i);
        i += Character.charCount(c);
        text.append('\\');
      } else if (c != '*' && c != '?' && !Character.isLetterOrDigit(c) && c != '_') {
        text.append('\\');
      }
      text.appendCodePoint(c);
    }
    return text.toString();
  }
}
