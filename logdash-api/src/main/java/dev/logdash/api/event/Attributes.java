package dev.logdash.api.event;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event beyond the fixed ones, by ECS name, in the order in which they were put. A
 * value is a {@code String}, {@code Long}, {@code Double}, {@code Boolean} or an unmodifiable
 * {@code List<String>}. Of two values with one name the first stays. Immutable.
 *
 * <p>A look-up compares at most {@link #size()} names; events have tens of attributes, for which
 * this is faster and smaller than a hash table.
 */
public final class Attributes {

  private static final Attributes EMPTY = new Attributes(new Object[0]);

  // name, value, name, value, ...
  private final Object[] entries;

  private Attributes(Object[] entries) {
    this.entries = entries;
  }

  /** No attributes. */
  public static Attributes empty() {
    return EMPTY;
  }

  /** Starts without attributes. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many there are. */
  public int size() {
    return entries.length / 2;
  }

  /** The name at a place, from 0 to below {@link #size()}. */
  public String name(int index) {
    return (String) entries[2 * index];
  }

  /** The value at a place, from 0 to below {@link #size()}. */
  public Object value(int index) {
    return entries[2 * index + 1];
  }

  /** The value of a name, or null if there is none. */
  public @Nullable Object get(String name) {
    for (int i = 0; i < entries.length; i += 2) {
      if (entries[i].equals(name)) {
        return entries[i + 1];
      }
    }
    return null;
  }

  /** The value of a name as text, or the empty string if there is none. */
  public String text(String name) {
    Object value = get(name);
    return value == null ? "" : value.toString();
  }

  /** Calls back with each name and its value, in their order. */
  public void forEach(BiConsumer<String, Object> action) {
    for (int i = 0; i < entries.length; i += 2) {
      action.accept((String) entries[i], entries[i + 1]);
    }
  }

  /** Starts with these attributes; those put afterwards stand behind them. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.entries = Arrays.copyOf(entries, entries.length + 8);
    builder.length = entries.length;
    builder.hashes = -1;
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attributes attributes && Arrays.equals(entries, attributes.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach(
        (name, value) ->
            text.append(text.length() > 1 ? ", " : "").append(name).append('=').append(value));
    return text.append('}').toString();
  }

  /**
   * Collects attributes; to be used by one thread and built once. Every {@code put} throws {@link
   * IllegalArgumentException} for an empty name, and changes nothing where the name has a value.
   */
  public static final class Builder {

    private Object[] entries = new Object[16];
    private int length;
    // A bit for each hash of a name that is there, so that most new names need no comparison.
    private long hashes;

    private Builder() {}

    public Builder put(String name, String value) {
      return add(name, Objects.requireNonNull(value, "value"));
    }

    public Builder put(String name, long value) {
      return add(name, value);
    }

    /** A value that is not finite is kept as its text, since no store can order or sum it. */
    public Builder put(String name, double value) {
      return Double.isFinite(value) ? add(name, value) : add(name, Double.toString(value));
    }

    public Builder put(String name, boolean value) {
      return add(name, value);
    }

    public Builder put(String name, List<String> values) {
      return add(name, List.copyOf(values));
    }

    /**
     * Puts a value as {@link Attributes#value} gives it. Of a list the texts of its elements are
     * kept.
     *
     * @throws IllegalArgumentException if the value is of a type that no attribute has
     */
    public Builder putValue(String name, Object value) {
      if (value instanceof String || value instanceof Long || value instanceof Boolean) {
        return add(name, value);
      }
      if (value instanceof Double number) {
        return put(name, number.doubleValue());
      }
      if (value instanceof List<?> values) {
        return put(name, values.stream().map(Object::toString).toList());
      }
      throw new IllegalArgumentException(name + " cannot be a " + value.getClass().getName());
    }

    /** Whether a value of this name was put. */
    public boolean contains(String name) {
      for (int i = 0; i < length; i += 2) {
        if (entries[i].equals(name)) {
          return true;
        }
      }
      return false;
    }

    public Attributes build() {
      return length == 0 ? EMPTY : new Attributes(Arrays.copyOf(entries, length));
    }

    private Builder add(String name, Object value) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("an attribute needs a name");
      }
      long hash = 1L << name.hashCode();
      if ((hashes & hash) != 0 && contains(name)) {
        return this;
      }
      hashes |= hash;
      if (length == entries.length) {
        entries = Arrays.copyOf(entries, 2 * length);
      }
      entries[length++] = name;
      entries[length++] = value;
      return this;
    }
  }
}
