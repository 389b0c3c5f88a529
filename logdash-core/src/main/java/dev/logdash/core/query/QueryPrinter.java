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

  private static String range(Filter.Range range) {
    if (range.upper().isNone()) {
      return (range.lower().inclusive() ? ">=" : ">") + value(range.field(), range.lower().value());
    }
    if (range.lower().isNone()) {
      return (range.upper().inclusive() ? "<=" : "<") + value(range.field(), range.upper().value());
    }
    return (range.lower().inclusive() ? "[" : "{")
        + value(range.field(), range.lower().value())
        + " TO "
        + value(range.field(), range.upper().value())
        + (range.upper().inclusive() ? "]" : "}");
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
    field
        .codePoints()
        .forEach(
            c -> {
              boolean first = name.length() == 0;
              boolean plain =
                  Character.isLetter(c)
                      || c == '_'
                      || c == '@'
                      || (!first && (Character.isLetterOrDigit(c) || c == '.' || c == '-'));
              name.append(plain ? "" : "\\").appendCodePoint(c);
            });
    return name.append(':').toString();
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
