package dev.logdash.core.parse.pattern;

import dev.logdash.core.parse.FieldConverter;
import java.util.ArrayList;
import java.util.List;

/** The columns of a pattern while it is read, in the order in which they begin. */
final class Columns {

  /** More than this a line has no room for; it also bounds what a matcher remembers. */
  private static final int MAX_COLUMNS = 500;

  private final List<Column> columns = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** Puts the text of a column. */
  @FunctionalInterface
  interface Column {
    void put(byte[] b, int from, int to, dev.logdash.core.parse.FieldSink sink);
  }

  /** Adds a column with a name; {@code part} says how its text is found. */
  Node add(String name, FieldConverter.Kind kind, Node part, int offset) {
    return new Node.Column(reserve(fieldName(name), kind, offset), part);
  }

  Node add(Column column, Node part, int offset) {
    return new Node.Column(reserve(column, offset), part);
  }

  /** A place for a column with a name. */
  int reserve(String field, FieldConverter.Kind kind, int offset) {
    int index = reserve(FieldConverter.of(field, kind)::put, offset);
    names.set(index, field);
    return index;
  }

  int reserve(Column column, int offset) {
    if (columns.size() == MAX_COLUMNS) {
      throw new PatternException("there are more than " + MAX_COLUMNS + " columns", offset);
    }
    columns.add(column);
    names.add("");
    return columns.size() - 1;
  }

  List<Column> all() {
    return List.copyOf(columns);
  }

  /** The name of each column; empty where it has none. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The name that {@code [http][request][method]} is the other notation of. */
  static String fieldName(String name) {
    return name.length() > 2 && name.startsWith("[") && name.endsWith("]")
        ? name.substring(1, name.length() - 1).replace("][", ".")
        : name;
  }
}
