package dev.logdash.core.parse.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.core.parse.Bytes;
import dev.logdash.core.parse.FieldConverter;
import dev.logdash.core.parse.FieldSink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads dissect: columns with the text between them, as in {@code %{clientip} [%{timestamp}]
 * %{+timestamp}}. The texts that are appended to a column keep the text that stood between them.
 */
final class DissectReader {

  private final String text;
  private final Columns columns;
  private final Map<String, List<Piece>> appended = new LinkedHashMap<>();
  private final Map<String, int[]> pairs = new LinkedHashMap<>();

  /** One of the texts that a field is put together of. */
  private record Piece(int order, int column, String before) {}

  DissectReader(String text, Columns columns) {
    this.text = text;
    this.columns = columns;
  }

  /** What fits a line, from its begin to its end. */
  Node read() {
    return read(new Sequence().add(Node.Place.START), true).add(Node.Place.END).build();
  }

  /**
   * What fits anywhere in a line where the expression begins with a text. A column that ends the
   * expression takes the rest of the line.
   */
  Node readAnywhere() {
    Sequence parts = new Sequence();
    return read(text.startsWith("%{") ? parts.add(Node.Place.START) : parts, false).build();
  }

  private Sequence read(Sequence parts, boolean whole) {
    int at = text.indexOf("%{");
    if (at < 0) {
      throw new PatternException("there is no column; write one as %{name}", 0);
    }
    parts.text(text.substring(0, at));
    String before = "";
    while (at < text.length()) {
      int close = text.indexOf('}', at);
      if (close < 0) {
        throw new PatternException("%{ is not closed", at);
      }
      int next = text.indexOf("%{", close);
      String delimiter = text.substring(close + 1, next < 0 ? text.length() : next);
      if (delimiter.isEmpty() && next > 0) {
        throw new PatternException("nothing tells where this column ends", at);
      }
      String name = text.substring(at + 2, close);
      boolean padded = name.endsWith("->");
      // Where a text stands first leaves most to the columns behind it; the last must end the line.
      boolean last = next < 0;
      Node.Order order = last ? Node.Order.SHORTEST : Node.Order.ONLY_SHORTEST;
      if (last && !whole && delimiter.isEmpty()) {
        order = Node.Order.ONLY_LONGEST;
      }
      Node any = Node.any(ByteSet.LINE, order);
      parts.add(column(padded ? name.substring(0, name.length() - 2) : name, before, any, at));
      parts.text(delimiter);
      if (padded && !delimiter.isEmpty()) {
        parts.add(
            new Node.Repeat(new Node.Text(delimiter), 0, Node.UNBOUNDED, Node.Order.ONLY_LONGEST));
      } else if (padded) {
        parts.add(Node.any(ByteSet.of(' '), Node.Order.LONGEST));
      }
      before = delimiter;
      at = next < 0 ? text.length() : next;
    }
    return parts;
  }

  private Node column(String name, String before, Node any, int offset) {
    if (name.isEmpty() || name.startsWith("?")) {
      return any;
    }
    char first = name.charAt(0);
    String field = Columns.fieldName("+*&".indexOf(first) >= 0 ? name.substring(1) : name);
    if (field.isEmpty()) {
      throw new PatternException("the column has no name", offset);
    }
    if (first == '+') {
      return append(field, before, any, offset);
    }
    if (first == '*' || first == '&') {
      int index = columns.reserve((b, from, to, sink) -> {}, offset);
      pairs.computeIfAbsent(field, f -> new int[] {-1, -1})[first == '*' ? 0 : 1] = index;
      return new Node.Column(index, any);
    }
    if (text.contains("%{+" + name + "}")
        || text.contains("%{+" + name + "/")
        || text.contains("%{+" + name + "->")) {
      return append(field, "", any, offset);
    }
    return columns.add(field, FieldConverter.Kind.NAMED, any, offset);
  }

  private Node append(String name, String before, Node any, int offset) {
    int slash = name.lastIndexOf('/');
    String field = slash < 0 ? name : name.substring(0, slash);
    int order = 0;
    if (slash >= 0) {
      String digits = name.substring(slash + 1);
      byte[] bytes = digits.getBytes(UTF_8);
      order = (int) Bytes.number(bytes, 0, bytes.length);
      if (order < 0 || bytes.length > 3) {
        throw new PatternException("the order behind the slash is no number", offset);
      }
    }
    int index = columns.reserve((b, from, to, sink) -> {}, offset);
    appended.computeIfAbsent(field, f -> new ArrayList<>()).add(new Piece(order, index, before));
    return new Node.Column(index, any);
  }

  /** What puts the fields that are made of several columns. */
  List<Assembly> assemblies() {
    List<Assembly> all = new ArrayList<>();
    appended.forEach(
        (name, pieces) -> {
          List<Piece> sorted = new ArrayList<>(pieces);
          sorted.sort(Comparator.comparingInt(Piece::order));
          FieldConverter converter = FieldConverter.of(name, FieldConverter.Kind.NAMED);
          all.add((b, slots, sink) -> join(sorted, converter, b, slots, sink));
        });
    pairs.forEach(
        (name, pair) -> {
          if (pair[0] < 0 || pair[1] < 0) {
            throw new PatternException(
                "%{*" + name + "} names what %{&" + name + "} holds; one of them is missing",
                Math.max(0, text.indexOf(name)));
          }
          all.add((b, slots, sink) -> pair(pair[0], pair[1], b, slots, sink));
        });
    return all;
  }

  /** Puts a field that is made of several columns. */
  @FunctionalInterface
  interface Assembly {
    void put(byte[] b, int[] slots, FieldSink sink);
  }

  private static void join(
      List<Piece> pieces, FieldConverter converter, byte[] b, int[] slots, FieldSink sink) {
    StringBuilder joined = new StringBuilder();
    for (Piece piece : pieces) {
      String value = textOf(piece.column(), b, slots);
      // The first column of the pattern has nothing before it that could stand between.
      String between = piece.before().isEmpty() ? " " : piece.before();
      joined.append(joined.length() == 0 ? "" : between).append(value);
    }
    byte[] whole = joined.toString().getBytes(UTF_8);
    converter.put(whole, 0, whole.length, sink);
  }

  private static void pair(int name, int value, byte[] b, int[] slots, FieldSink sink) {
    String field = textOf(name, b, slots).strip();
    if (!field.isEmpty()) {
      FieldConverter.of(field, FieldConverter.Kind.NAMED)
          .put(b, slots[2 * value], slots[2 * value + 1], sink);
    }
  }

  private static String textOf(int column, byte[] b, int[] slots) {
    int from = slots[2 * column];
    return new String(b, from, slots[2 * column + 1] - from, UTF_8);
  }
}
