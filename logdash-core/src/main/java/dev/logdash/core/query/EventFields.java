package dev.logdash.core.query;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a query sees of an event: the values of a named field, and the texts that words are searched
 * in. Every store that evaluates a {@link dev.logdash.api.store.Filter} takes them from here.
 *
 * <p>A fixed field is one of the parts of {@link LogEvent}; it hides an attribute of the same name,
 * and has no value where its part is empty. A value is a {@code String}, {@code Long}, {@code
 * Double} or {@code Boolean}; each element of a list is a value of its own.
 */
public final class EventFields {

  private static final Set<String> FIXED =
      Set.of(
          EcsFields.TIMESTAMP,
          EcsFields.EVENT_ID,
          EcsFields.MESSAGE,
          EcsFields.LOG_LEVEL,
          EcsFields.SEVERITY,
          EcsFields.SERVICE_NAME,
          EcsFields.TRACE_ID,
          EcsFields.SPAN_ID,
          EcsFields.LOG_SOURCE);

  private static final Set<String> TEXT =
      Set.of(EcsFields.MESSAGE, EcsFields.ERROR_MESSAGE, EcsFields.STACK_TRACE);

  // Integral doubles up to here are printed like the integer they are, so 500.0 reads as 500.
  private static final double MAX_EXACT = 1L << 53;

  /** The most UTF-16 units of a text that is grouped by. */
  public static final int MAX_GROUP_KEY = 2_048;

  private EventFields() {}

  /** The name that a part of every event is known by, for the short names that people use. */
  public static String canonicalName(String field) {
    switch (field) {
      case "service":
        return EcsFields.SERVICE_NAME;
      case "severity":
      case "level":
        return EcsFields.SEVERITY;
      case "trace_id":
        return EcsFields.TRACE_ID;
      case "span_id":
        return EcsFields.SPAN_ID;
      default:
        return field;
    }
  }

  /** Whether a canonical name is a part of {@link LogEvent} and so hides an attribute. */
  public static boolean isFixed(String field) {
    return FIXED.contains(field);
  }

  /** Whether a field is searched by its words instead of its whole value. */
  public static boolean isText(String field) {
    return TEXT.contains(field);
  }

  /** Whether a field always holds whole numbers: the time in nanoseconds, the severity. */
  public static boolean isNumeric(String field) {
    return field.equals(EcsFields.TIMESTAMP) || field.equals(EcsFields.SEVERITY);
  }

  /**
   * Whether words without a field are looked for in an attribute: in all but the id of the form,
   * which nobody wrote and every event has.
   */
  public static boolean isInAnyText(String attribute) {
    return !attribute.equals(EcsFields.LOG_FORM);
  }

  /** Whether a field is compared as it is, with its case and its full length. */
  public static boolean isExact(String field) {
    return field.equals(EcsFields.EVENT_ID);
  }

  /** Whether any value of a field, given by its canonical name, passes a test. */
  public static boolean anyValue(LogEvent event, String field, Predicate<Object> test) {
    switch (field) {
      case EcsFields.TIMESTAMP:
        return test.test(event.timestampNanos());
      case EcsFields.EVENT_ID:
        return test.test(event.id());
      case EcsFields.SEVERITY:
        return event.severity() != Severity.UNSPECIFIED
            && test.test((long) event.severity().number());
      case EcsFields.MESSAGE:
        return testPresent(event.message(), test);
      case EcsFields.LOG_LEVEL:
        return testPresent(event.severityText(), test);
      case EcsFields.SERVICE_NAME:
        return testPresent(event.service(), test);
      case EcsFields.TRACE_ID:
        return testPresent(event.traceId(), test);
      case EcsFields.SPAN_ID:
        return testPresent(event.spanId(), test);
      case EcsFields.LOG_SOURCE:
        return testPresent(event.source(), test);
      default:
        return anyOf(event.attributes().get(field), test);
    }
  }

  /** Whether any value of any of the fields that a pattern of names asks passes a test. */
  static boolean anyValue(LogEvent event, NamePattern names, Predicate<Object> test) {
    for (String field : FIXED) {
      if (names.asks(field) && anyValue(event, field, test)) {
        return true;
      }
    }
    Attributes attributes = event.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.name(i);
      if (!isFixed(name) && names.asks(name) && anyOf(attributes.value(i), test)) {
        return true;
      }
    }
    return false;
  }

  /** The values of a field, given by its canonical name. */
  public static List<Object> values(LogEvent event, String field) {
    List<Object> values = new ArrayList<>();
    anyValue(event, field, value -> !values.add(value));
    return values;
  }

  /**
   * Whether any text of an event passes a test: the message, service, severity text, trace id, span
   * id, and every attribute of {@link #isInAnyText} that is a string or a list of strings.
   */
  public static boolean anyText(LogEvent event, Predicate<String> test) {
    if (testText(event.message(), test)
        || testText(event.service(), test)
        || testText(event.severityText(), test)
        || testText(event.traceId(), test)
        || testText(event.spanId(), test)) {
      return true;
    }
    Attributes attributes = event.attributes();
    Predicate<Object> ofStrings = value -> value instanceof String text && test.test(text);
    for (int i = 0; i < attributes.size(); i++) {
      if (isInAnyText(attributes.name(i)) && anyOf(attributes.value(i), ofStrings)) {
        return true;
      }
    }
    return false;
  }

  /** The texts of an event, see {@link #anyText}. */
  public static List<String> texts(LogEvent event) {
    List<String> texts = new ArrayList<>();
    anyText(event, text -> !texts.add(text));
    return texts;
  }

  /**
   * A value as text: a whole number, also one held as a double below 2^53, in decimal digits; other
   * doubles as {@link Double#toString(double)}.
   */
  public static String text(Object value) {
    if (value instanceof Double number) {
      double d = number;
      return d == Math.rint(d) && Math.abs(d) < MAX_EXACT
          ? Long.toString((long) d)
          : Double.toString(d);
    }
    return value.toString();
  }

  /**
   * The text that a value is grouped by: {@link #text} as it is written, cut to {@value
   * #MAX_GROUP_KEY} UTF-16 units, with U+FFFD for what is no character.
   */
  public static String groupKey(Object value) {
    String text = text(value);
    StringBuilder key = new StringBuilder(Math.min(text.length(), MAX_GROUP_KEY));
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      if (key.length() + Character.charCount(codePoint) > MAX_GROUP_KEY) {
        break;
      }
      boolean lone = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      key.appendCodePoint(lone ? 0xFFFD : codePoint);
    }
    return key.toString();
  }

  /**
   * The number of a {@code Long} or a finite {@code Double}, as it is written: the double nearest
   * to 0.1 is the number 0.1, so that a query for it finds it.
   */
  public static BigDecimal number(Number value) {
    return value instanceof Double
        ? BigDecimal.valueOf(value.doubleValue())
        : BigDecimal.valueOf(value.longValue());
  }

  private static boolean testPresent(String text, Predicate<Object> test) {
    return !text.isEmpty() && test.test(text);
  }

  private static boolean testText(String text, Predicate<String> test) {
    return !text.isEmpty() && test.test(text);
  }

  private static boolean anyOf(@Nullable Object value, Predicate<Object> test) {
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (test.test(element)) {
          return true;
        }
      }
      return false;
    }
    return value != null && test.test(value);
  }
}
