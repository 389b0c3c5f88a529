package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names with values, in the order in which they came; of two values with one name the first stays.
 * A row is an entry in four arrays, so that none needs an object of its own.
 */
final class FieldRows {

  static final byte SPAN = 0;
  static final byte ESCAPED = 1;
  static final byte STRING = 2;
  static final byte LONG = 3;
  static final byte DOUBLE = 4;
  static final byte BOOLEAN = 5;
  static final byte LIST = 6;

  private static final byte[] NO_BYTES = new byte[0];

  private byte[] buffer = NO_BYTES;
  private String[] names = new String[24];
  private byte[] types = new byte[24];
  // A span is from << 32 | to; a double is its bits; a boolean is 0 or 1.
  private long[] values = new long[24];
  private @Nullable Object[] objects = new Object[24];
  private int size;
  // Whether any row since the last clearing has an object.
  private boolean holdsObjects;
  // One bit per name's hash, so that most names need no search for an earlier value.
  private long seen;
  private long seenToo;

  /** Forgets the rows. The names stay in their places, where the next record may need them. */
  void clear() {
    if (holdsObjects) {
      Arrays.fill(objects, 0, size, null);
      holdsObjects = false;
    }
    buffer = NO_BYTES;
    size = 0;
    seen = 0;
    seenToo = 0;
  }

  int size() {
    return size;
  }

  void addSpan(String name, byte type, byte[] bytes, int from, int to) {
    if (buffer == NO_BYTES) {
      buffer = bytes;
    }
    if (buffer == bytes) {
      add(name, type, (long) from << 32 | to, null);
    } else {
      // Rows refer to one buffer; the spans of another are decoded at once.
      String text =
          type == ESCAPED
              ? JsonStrings.unescape(bytes, from, to)
              : new String(bytes, from, to - from, UTF_8);
      add(name, STRING, 0, text);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Whether a store can be spared; not whether it is equal.
  void add(String name, byte type, long value, @Nullable Object object) {
    int hash = name.hashCode();
    if ((hash == 0 && name.isEmpty()) || contains(name)) {
      return;
    }
    seen |= 1L << hash;
    seenToo |= 1L << (hash >>> 6);
    if (size == names.length) {
      int capacity = 2 * size;
      names = Arrays.copyOf(names, capacity);
      types = Arrays.copyOf(types, capacity);
      values = Arrays.copyOf(values, capacity);
      objects = Arrays.copyOf(objects, capacity);
    }
    // Records of one format have their names in one order, and a store of a reference is dear.
    if (names[size] != name) {
      names[size] = name;
    }
    types[size] = type;
    values[size] = value;
    if (object != null) {
      objects[size] = object;
      holdsObjects = true;
    }
    size++;
  }

  /** Adds the rows of the other, in their order. */
  void addAll(FieldRows other) {
    for (int i = 0; i < other.size; i++) {
      if (other.types[i] <= ESCAPED) {
        long span = other.values[i];
        addSpan(other.names[i], other.types[i], other.buffer, (int) (span >>> 32), (int) span);
      } else {
        add(other.names[i], other.types[i], other.values[i], other.objects[i]);
      }
    }
  }

  boolean contains(String name) {
    int hash = name.hashCode();
    return ((seen >>> hash) & (seenToo >>> (hash >>> 6)) & 1) != 0 && indexOf(name) >= 0;
  }

  int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  String name(int index) {
    return names[Objects.checkIndex(index, size)];
  }

  byte type(int index) {
    return types[Objects.checkIndex(index, size)];
  }

  long longValue(int index) {
    return values[Objects.checkIndex(index, size)];
  }

  Object value(int index) {
    long value = longValue(index);
    int from = (int) (value >>> 32);
    int to = (int) value;
    switch (types[index]) {
      case SPAN:
        return new String(buffer, from, to - from, UTF_8);
      case ESCAPED:
        return JsonStrings.unescape(buffer, from, to);
      case LONG:
        return value;
      case DOUBLE:
        return Double.longBitsToDouble(value);
      case BOOLEAN:
        return value != 0;
      default:
        return Objects.requireNonNull(objects[index]);
    }
  }
}
