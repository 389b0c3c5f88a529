package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
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

  private static final byte SPAN = 0;
  private static final byte ESCAPED = 1;
  private static final byte STRING = 2;
  private static final byte LONG = 3;
  private static final byte DOUBLE = 4;
  private static final byte BOOLEAN = 5;
  private static final byte LIST = 6;
  private static final byte NONE = 7;
  private static final byte[] NO_BYTES = new byte[0];

  /** Scratch of the parsers: what it holds never matters to the next record. */
  final TimestampScanner times = new TimestampScanner();

  final KeyCache keys = new KeyCache();
  final JsonScanner json = new JsonScanner();
  final LayoutReader layout = new LayoutReader();
  final byte[] scratch = new byte[256];
  Format format = Format.TEXT;

  private byte[] buffer = NO_BYTES;
  private String[] names = new String[24];
  private byte[] types = new byte[24];
  // A span is from << 32 | to; a double is its bits; a boolean is 0 or 1.
  private long[] values = new long[24];
  private @Nullable Object[] objects = new Object[24];
  private int size;
  // One bit per name's hash, so that most names need no search for an earlier value.
  private long seen;

  private boolean timed;
  private boolean yearless;
  private boolean zoneless;
  private long timestampNanos;
  private long timestampSpan;

  private int severityNumber;
  private byte severityType = NONE;
  private long severitySpan;
  private String severityString = "";

  private byte messageType = NONE;
  private long messageSpan;
  private String messageString = "";

  /** Forgets everything, the buffer included. */
  public void clear() {
    Arrays.fill(objects, 0, size, null);
    buffer = NO_BYTES;
    size = 0;
    seen = 0;
    timed = false;
    severityNumber = 0;
    severityType = NONE;
    messageType = NONE;
  }

  /** Whether nothing was put since it was cleared. */
  public boolean isClear() {
    return size == 0 && !timed && severityType == NONE && severityNumber == 0 && !hasMessage();
  }

  // Time

  /** A point in time, in nanoseconds since 1970, UTC where the text named no zone. */
  public void timestamp(long epochNanos, boolean zoneUnknown, byte[] bytes, int from, int to) {
    setTime(epochNanos, false, zoneUnknown, bytes, from, to);
  }

  /** A time whose text names no year, in nanoseconds since 1972-01-01T00:00Z (a leap year). */
  public void timestampOfAnyYear(long nanosOfYear, byte[] bytes, int from, int to) {
    setTime(nanosOfYear, true, true, bytes, from, to);
  }

  private void setTime(long nanos, boolean noYear, boolean noZone, byte[] bytes, int from, int to) {
    if (!timed) {
      buffer = bytes;
      timed = true;
      timestampNanos = nanos;
      yearless = noYear;
      zoneless = noZone;
      timestampSpan = span(from, to);
    }
  }

  public boolean hasTimestamp() {
    return timed;
  }

  /**
   * Nanoseconds since 1970 in UTC; since the start of 1972 if {@link #isYearless()}. {@link
   * Long#MIN_VALUE} and {@link Long#MAX_VALUE} stand for times that nanoseconds cannot express.
   */
  public long timestampNanos() {
    return timestampNanos;
  }

  public boolean isYearless() {
    return timed && yearless;
  }

  /** Whether the text named no zone, so that UTC was assumed. */
  public boolean isZoneless() {
    return timed && zoneless;
  }

  /** The time as the record has it, or the empty string. */
  public String timestampText() {
    return timed ? decode(timestampSpan) : "";
  }

  // Severity

  /** A severity with its text in the record. A text replaces a severity that has none. */
  public void severity(int otelNumber, byte[] bytes, int from, int to) {
    if (severityType == NONE) {
      buffer = bytes;
      severityNumber = otelNumber;
      severityType = SPAN;
      severitySpan = span(from, to);
    }
  }

  /** A severity whose text is not in the record; an empty text leaves a later text its place. */
  public void severity(int otelNumber, String text) {
    if (severityType == NONE && (severityNumber == 0 || !text.isEmpty())) {
      severityNumber = otelNumber;
      severityType = text.isEmpty() ? NONE : STRING;
      severityString = text;
    }
  }

  /** 1 to 24 as in OpenTelemetry, or 0 if it is not known. */
  public int severityNumber() {
    return severityNumber;
  }

  /** The severity as the record has it, or the empty string. */
  public String severityText() {
    return severityType == SPAN
        ? decode(severitySpan)
        : severityType == STRING ? severityString : "";
  }

  /** Sets the number alone; the text stays what it was or will be. */
  void severityNumber(int otelNumber) {
    if (severityNumber == 0) {
      severityNumber = otelNumber;
    }
  }

  boolean hasSeverityText() {
    return severityType != NONE;
  }

  // Message

  /** The message as a span of the record. */
  public void message(byte[] bytes, int from, int to) {
    if (messageType == NONE) {
      buffer = bytes;
      messageType = SPAN;
      messageSpan = span(from, to);
    }
  }

  public void message(String text) {
    if (messageType == NONE) {
      messageType = STRING;
      messageString = text;
    }
  }

  void escapedMessage(byte[] bytes, int from, int to) {
    if (messageType == NONE) {
      buffer = bytes;
      messageType = ESCAPED;
      messageSpan = span(from, to);
    }
  }

  void replaceMessage(String text) {
    if (hasMessage()) {
      put("message_template", message());
    }
    messageType = STRING;
    messageString = text;
  }

  /** Adds the lines from {@code from} on, which stand behind a line feed, to the message. */
  void appendToMessage(byte[] bytes, int from, int to) {
    int end = (int) messageSpan;
    if (messageType == SPAN && end < from && Bytes.trimEnd(bytes, end, from - 1) == end) {
      messageSpan = span((int) (messageSpan >>> 32), to);
    } else {
      String text = hasMessage() ? message() + '\n' : "";
      messageType = STRING;
      messageString = text + new String(bytes, from, to - from, UTF_8);
    }
  }

  public boolean hasMessage() {
    return messageType != NONE;
  }

  /** The message, or the empty string. */
  public String message() {
    switch (messageType) {
      case SPAN:
        return decode(messageSpan);
      case ESCAPED:
        return decodeEscaped(messageSpan);
      case STRING:
        return messageString;
      default:
        return "";
    }
  }

  // Fields

  /** A text that stands in the record between {@code from} and {@code to}. */
  public void put(String name, byte[] bytes, int from, int to) {
    if (from < to) {
      buffer = bytes;
      add(name, SPAN, span(from, to), null);
    }
  }

  /** The inner part of a valid JSON string. */
  void putEscaped(String name, byte[] bytes, int from, int to) {
    if (from < to) {
      buffer = bytes;
      add(name, ESCAPED, span(from, to), null);
    }
  }

  public void put(String name, String value) {
    add(name, STRING, 0, Objects.requireNonNull(value, "value"));
  }

  public void put(String name, long value) {
    add(name, LONG, value, null);
  }

  /** A value that is not finite is kept as its text. */
  public void put(String name, double value) {
    if (Double.isFinite(value)) {
      add(name, DOUBLE, Double.doubleToRawLongBits(value), null);
    } else {
      add(name, STRING, 0, Double.toString(value));
    }
  }

  public void put(String name, boolean value) {
    add(name, BOOLEAN, value ? 1 : 0, null);
  }

  public void put(String name, List<String> values) {
    add(name, LIST, 0, List.copyOf(values));
  }

  private void add(String name, byte type, long value, @Nullable Object object) {
    long bit = 1L << name.hashCode();
    if (name.isEmpty() || ((seen & bit) != 0 && indexOf(name) >= 0)) {
      return;
    }
    seen |= bit;
    if (size == names.length) {
      int capacity = 2 * size;
      names = Arrays.copyOf(names, capacity);
      types = Arrays.copyOf(types, capacity);
      values = Arrays.copyOf(values, capacity);
      objects = Arrays.copyOf(objects, capacity);
    }
    names[size] = name;
    types[size] = type;
    values[size] = value;
    objects[size] = object;
    size++;
  }

  /** How many fields there are. */
  public int size() {
    return size;
  }

  /** The place of a field, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  public boolean contains(String name) {
    return (seen & 1L << name.hashCode()) != 0 && indexOf(name) >= 0;
  }

  public String name(int index) {
    return names[Objects.checkIndex(index, size)];
  }

  public Kind kind(int index) {
    switch (types[Objects.checkIndex(index, size)]) {
      case LONG:
        return Kind.LONG;
      case DOUBLE:
        return Kind.DOUBLE;
      case BOOLEAN:
        return Kind.BOOLEAN;
      case LIST:
        return Kind.LIST;
      default:
        return Kind.TEXT;
    }
  }

  /** The value of a {@link Kind#LONG} field. */
  public long longValue(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  /** A {@code String}, {@code Long}, {@code Double}, {@code Boolean} or {@code List<String>}. */
  public Object value(int index) {
    switch (types[Objects.checkIndex(index, size)]) {
      case SPAN:
        return decode(values[index]);
      case ESCAPED:
        return decodeEscaped(values[index]);
      case LONG:
        return values[index];
      case DOUBLE:
        return Double.longBitsToDouble(values[index]);
      case BOOLEAN:
        return values[index] != 0;
      default:
        return Objects.requireNonNull(objects[index]);
    }
  }

  /** The value of a field, or null if there is none. */
  public @Nullable Object get(String name) {
    int index = indexOf(name);
    return index < 0 ? null : value(index);
  }

  /** The value of a field as text, or the empty string if there is none. */
  public String text(String name) {
    Object value = get(name);
    return value == null ? "" : value.toString();
  }

  private static long span(int from, int to) {
    return (long) from << 32 | to;
  }

  private String decode(long span) {
    int from = (int) (span >>> 32);
    return new String(buffer, from, (int) span - from, UTF_8);
  }

  private String decodeEscaped(long span) {
    return JsonStrings.unescape(buffer, (int) (span >>> 32), (int) span);
  }
}
