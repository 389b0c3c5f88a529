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

  public static Attributes empty() {
    return EMPTY;
  }

  public static Builder builder() {
    return new Builder();
  }

  public int size() {
    return entries.length / 2;
  }

  /** The name at a place between 0 and {@link #size()}. */
  public String name(int index) {
    return (String) entries[2 * index];
  }

  /** The value at a place between 0 and {@link #size()}. */
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

  public void forEach(BiConsumer<String, Object> action) {
    for (int i = 0; i < entries.length; i += 2) {
      action.accept((String) entries[i], entries[i + 1]);
    }
  }

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

  /** Collects attributes; to be used by one thread and built once. */
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
