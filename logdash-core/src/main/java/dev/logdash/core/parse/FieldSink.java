package dev.logdash.core.parse;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a parser understood of one record: a time, a severity, a message, and fields by ECS name. Is
 * cleared and used again for each record; texts are kept as spans of the parsed bytes and decoded
 * when they are asked for. Of two values with one name the first stays. For use by one thread.
 */
public final class FieldSink {

  /** What a value is. */
  public enum Kind {
    TEXT,
    LONG,
    DOUBLE,
    BOOLEAN,
    LIST
  }

  final Scratch scratch = new Scratch();

  private final FieldRows rows = new FieldRows();

  private final TimeSlot time = new TimeSlot();
  private int severityNumber;
  private final TextSlot severityText = new TextSlot();
  private final TextSlot message = new TextSlot();

  /** Forgets everything. It may hold on to the last buffer, whose bytes it reads no more. */
  public void clear() {
    rows.clear();
    time.clear();
    severityNumber = 0;
    severityText.clear();
    message.clear();
    scratch.times.forget();
  }

  /**
   * Takes over what stands inside of this record: its message, its severity if it has one, its time
   * if its text says as much as ours, and fields that we do not have. Leaves the other clear.
   */
  void adopt(FieldSink inner) {
    time.adopt(inner.time);
    if (inner.severityNumber > 0) {
      severityNumber = inner.severityNumber;
      severityText.set(inner.severityText);
    }
    message.set(inner.message);
    rows.addAll(inner.rows);
    inner.clear();
  }

  /** Takes over the fields of the other that we do not have, and nothing else. */
  void adoptFields(FieldSink inner) {
    rows.addAll(inner.rows);
  }

  /** Whether nothing was put since it was cleared. */
  public boolean isClear() {
    return rows.size() == 0
        && !time.isSet()
        && severityNumber == 0
        && !severityText.isSet()
        && !message.isSet();
  }

  // Time

  /** A point in time, in nanoseconds since 1970, UTC where the text named no zone. */
  public void timestamp(long epochNanos, boolean zoneUnknown, byte[] bytes, int from, int to) {
    time.setPoint(epochNanos, zoneUnknown, bytes, from, to);
  }

  /** A time whose text names no year, in nanoseconds since 1972-01-01T00:00Z (a leap year). */
  public void timestampOfAnyYear(long nanosOfYear, byte[] bytes, int from, int to) {
    time.setDayOfYear(nanosOfYear, bytes, from, to);
  }

  /** A time whose text names no date, in nanoseconds since midnight. */
  public void timestampOfAnyDay(long nanosOfDay, byte[] bytes, int from, int to) {
    time.setTimeOfDay(nanosOfDay, bytes, from, to);
  }

  public boolean hasTimestamp() {
    return time.isSet();
  }

  /**
   * Nanoseconds since 1970 in UTC; since the start of 1972 if {@link #isYearless()}; since midnight
   * if {@link #isDateless()}. {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE} stand for times
   * that nanoseconds cannot express.
   */
  public long timestampNanos() {
    return time.nanos();
  }

  public boolean isYearless() {
    return time.isYearless();
  }

  /** Whether the time is one of any day. */
  public boolean isDateless() {
    return time.isDateless();
  }

  /** Whether the text named no zone, so that UTC was assumed. */
  public boolean isZoneless() {
    return time.isZoneless();
  }

  /** The time as the record has it, or the empty string. */
  public String timestampText() {
    return time.text();
  }

  // Severity

  /** A severity with its text in the record. A text replaces a severity that has none. */
  public void severity(int otelNumber, byte[] bytes, int from, int to) {
    if (!severityText.isSet()) {
      severityNumber = otelNumber;
      severityText.set(bytes, from, to);
    }
  }

  /** A severity whose text is not in the record; an empty text leaves a later text its place. */
  public void severity(int otelNumber, String text) {
    if (!severityText.isSet() && (severityNumber == 0 || !text.isEmpty())) {
      severityNumber = otelNumber;
      if (!text.isEmpty()) {
        severityText.set(text);
      }
    }
  }

  /** 1 to 24 as in OpenTelemetry, or 0 if it is not known. */
  public int severityNumber() {
    return severityNumber;
  }

  /** The severity as the record has it, or the empty string. */
  public String severityText() {
    return severityText.get();
  }

  /** Sets the number alone; the text stays what it was or will be. */
  void severityNumber(int otelNumber) {
    if (severityNumber == 0) {
      severityNumber = otelNumber;
    }
  }

  boolean hasSeverityText() {
    return severityText.isSet();
  }

  // Message

  /** The message as a span of the record. */
  public void message(byte[] bytes, int from, int to) {
    if (!message.isSet()) {
      message.set(bytes, from, to);
    }
  }

  public void message(String text) {
    if (!message.isSet()) {
      message.set(text);
    }
  }

  void escapedMessage(byte[] bytes, int from, int to) {
    if (!message.isSet()) {
      message.setEscaped(bytes, from, to);
    }
  }

  void replaceMessage(String text) {
    if (message.isSet()) {
      put("message_template", message.get());
    }
    message.set(text);
  }

  /** Adds the lines from {@code from} on, which stand behind a line feed, to the message. */
  void appendToMessage(byte[] bytes, int from, int to) {
    message.addLines(bytes, from, to);
  }

  public boolean hasMessage() {
    return message.isSet();
  }

  /** The message, or the empty string. */
  public String message() {
    return message.get();
  }

  TextSlot messageSlot() {
    return message;
  }

  // Fields

  /** A text that stands in the record between {@code from} and {@code to}. */
  public void put(String name, byte[] bytes, int from, int to) {
    if (from < to) {
      rows.addSpan(name, FieldRows.SPAN, bytes, from, to);
    }
  }

  /** The inner part of a valid JSON string. */
  void putEscaped(String name, byte[] bytes, int from, int to) {
    if (from < to) {
      rows.addSpan(name, FieldRows.ESCAPED, bytes, from, to);
    }
  }

  public void put(String name, String value) {
    rows.add(name, FieldRows.STRING, 0, Objects.requireNonNull(value, "value"));
  }

  public void put(String name, long value) {
    rows.add(name, FieldRows.LONG, value, null);
  }

  /** A value that is not finite is kept as its text. */
  public void put(String name, double value) {
    if (Double.isFinite(value)) {
      rows.add(name, FieldRows.DOUBLE, Double.doubleToRawLongBits(value), null);
    } else {
      rows.add(name, FieldRows.STRING, 0, Double.toString(value));
    }
  }

  public void put(String name, boolean value) {
    rows.add(name, FieldRows.BOOLEAN, value ? 1 : 0, null);
  }

  public void put(String name, List<String> values) {
    rows.add(name, FieldRows.LIST, 0, List.copyOf(values));
  }

  /** How many fields there are. */
  public int size() {
    return rows.size();
  }

  /** The place of a field, or -1. */
  public int indexOf(String name) {
    return rows.indexOf(name);
  }

  public boolean contains(String name) {
    return rows.contains(name);
  }

  public String name(int index) {
    return rows.name(index);
  }

  public Kind kind(int index) {
    switch (rows.type(index)) {
      case FieldRows.LONG:
        return Kind.LONG;
      case FieldRows.DOUBLE:
        return Kind.DOUBLE;
      case FieldRows.BOOLEAN:
        return Kind.BOOLEAN;
      case FieldRows.LIST:
        return Kind.LIST;
      default:
        return Kind.TEXT;
    }
  }

  /** The value of a {@link Kind#LONG} field. */
  public long longValue(int index) {
    return rows.longValue(index);
  }

  /** A {@code String}, {@code Long}, {@code Double}, {@code Boolean} or {@code List<String>}. */
  public Object value(int index) {
    return rows.value(index);
  }

  /** The value of a field, or null if there is none. */
  public @Nullable Object get(String name) {
    int index = rows.indexOf(name);
    return index < 0 ? null : rows.value(index);
  }

  /** The value of a field as text, or the empty string if there is none. */
  public String text(String name) {
    Object value = get(name);
    return value == null ? "" : value.toString();
  }
}
