package dev.logdash.core.table;

import java.util.List;

/**
 * A table as people see it: the answer to a query with pipes.
 *
 * @param rows each with one cell for each column: a {@code String}, {@code Long}, {@code Double} or
 *     {@code Boolean}; the empty text where a value is missing, not a number where a function has
 *     nothing to give, nanoseconds since 1970 for a time
 * @param truncated whether there were more groups or events than a table is made of; what the query
 *     itself leaves out does not count
 */
public record ResultTable(List<Column> columns, List<List<Object>> rows, boolean truncated) {

  public ResultTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** What a column holds. */
  public enum Type {
    /** Values of a field of any kind. */
    ANY("any"),
    /** The texts by which events are grouped. */
    TEXT("text"),
    /** What functions give. */
    NUMBER("number"),
    /** Times; the start of a span where events are grouped by time. */
    TIME("time");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** Its name in JSON. */
    public String text() {
      return text;
    }
  }

  /**
   * A column.
   *
   * @param approximate whether a number in it may differ from the true one, within what its
   *     function states
   * @param field the canonical name of the field whose values it has, as they are; empty for none
   */
  public record Column(String name, Type type, boolean approximate, String field) {}
}
