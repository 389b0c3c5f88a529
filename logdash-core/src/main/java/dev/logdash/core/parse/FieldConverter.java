package dev.logdash.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Objects;

/**
 * How the text of a column becomes a field. The name decides, as the key of a JSON line does:
 * {@code clientip} is an address, {@code level} a severity, {@code timestamp} a time. A text that
 * does not fit what its name means is kept under that name. An empty text is a message too, and no
 * other field.
 */
public final class FieldConverter {

  /** What a column holds. */
  public enum Kind {
    /** What the name means. */
    NAMED,
    /** A whole number, with a sign or without. */
    WHOLE,
    /** A number with a fraction. */
    DECIMAL,
    /** A place in the code, as in {@code a.b.Shop.buy(Shop.java:12)}. */
    LOCATION,
    /** Pairs as in {@code user=ada, cart=7}, in curly brackets or not; each is a field. */
    PAIRS
  }

  private static final String ADDRESS_SUFFIX = ".address";

  private final String name;
  private final Kind kind;
  private final Key key;
  private final boolean address;

  private FieldConverter(String name, Kind kind) {
    this.name = name;
    this.kind = kind;
    this.key = KnownKeys.of(name);
    this.address = name.endsWith(ADDRESS_SUFFIX);
  }

  /** The converter of a column with this name. */
  public static FieldConverter of(String name, Kind kind) {
    return new FieldConverter(Objects.requireNonNull(name, "name"), kind);
  }

  public String name() {
    return name;
  }

  /** Puts the text of a column. */
  public void put(byte[] b, int from, int to, FieldSink sink) {
    if (from >= to) {
      if (key.role() == Key.Role.MESSAGE) {
        sink.message(b, from, from);
      }
      return;
    }
    switch (kind) {
      case NAMED:
        named(b, from, to, sink);
        break;
      case WHOLE:
        whole(b, from, to, sink);
        break;
      case DECIMAL:
        decimal(b, from, to, sink);
        break;
      case LOCATION:
        if (CodeLocation.is(b, from, to)) {
          CodeLocation.put(b, from, to, sink);
        } else {
          sink.put(name, b, from, to);
        }
        break;
      case PAIRS:
        boolean bracket = to - from >= 2 && b[from] == '{' && b[to - 1] == '}';
        Pairs.put(b, bracket ? from + 1 : from, bracket ? to - 1 : to, sink);
        break;
    }
  }

  private void named(byte[] b, int from, int to, FieldSink sink) {
    if (key.role() == Key.Role.MESSAGE) {
      sink.message(b, from, Bytes.trimEnd(b, from, to));
      return;
    }
    if (address) {
      // ECS keeps an address as it stands, and once more where it is that of a machine.
      sink.put(name, b, from, to);
      if (Addresses.fills(b, from, to) && name.equals(Names.SOURCE_ADDRESS)) {
        sink.put(Names.SOURCE_IP, b, from, to);
      }
      return;
    }
    FieldMapper.text(key, b, from, to, false, sink);
  }

  private void whole(byte[] b, int from, int to, FieldSink sink) {
    boolean negative = b[from] == '-';
    int start = negative || b[from] == '+' ? from + 1 : from;
    long value = Bytes.number(b, start, to);
    if (value < 0) {
      sink.put(name, b, from, to);
    } else if (negative || start > from) {
      sink.put(key.field(), negative ? -value : value);
    } else {
      FieldMapper.whole(key, value, b, from, to, sink);
    }
  }

  private void decimal(byte[] b, int from, int to, FieldSink sink) {
    // What is longer is no measured number, and takes long to read.
    if (to - from <= 64) {
      try {
        double value = Double.parseDouble(new String(b, from, to - from, UTF_8));
        FieldMapper.decimal(key, value, b, from, to, sink);
        return;
      } catch (NumberFormatException e) {
        // Falls through: it stays a text.
      }
    }
    sink.put(name, b, from, to);
  }
}
