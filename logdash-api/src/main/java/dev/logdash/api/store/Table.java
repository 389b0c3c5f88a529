package dev.logdash.api.store;

import java.util.List;

/**
 * The answer to an {@link Aggregation}.
 *
 * @param rows by ascending key, part by part: times by number, texts by code point
 * @param truncated whether there were more groups than rows allowed
 */
public record Table(List<Row> rows, boolean truncated) {

  public Table {
    rows = List.copyOf(rows);
  }

  /**
   * One group.
   *
   * @param key one text for each group asked for, in that order
   * @param values one number for each function asked for, in that order
   */
  public record Row(List<String> key, List<Double> values) {
    public Row {
      key = List.copyOf(key);
      values = List.copyOf(values);
    }
  }
}
