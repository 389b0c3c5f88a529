package dev.logdash.core.table;

import dev.logdash.core.decode.Surrogates;
import dev.logdash.core.decode.Timestamps;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Tables as JSON. Times are ISO-8601 in UTC; a number that a function cannot give, or that is
 * infinite, is null.
 */
public final class TableJson {

  private TableJson() {}

  /** Writes the columns, the rows, each an array with a cell for each column, and the mark. */
  public static void writeMembers(ResultTable table, JsonGenerator json) {
    json.writeArrayPropertyStart("columns");
    for (ResultTable.Column column : table.columns()) {
      json.writeStartObject();
      json.writeStringProperty("name", Surrogates.repair(column.name()));
      json.writeStringProperty("type", column.type().text());
      json.writeBooleanProperty("approximate", column.approximate());
      if (!column.field().isEmpty()) {
        json.writeStringProperty("field", Surrogates.repair(column.field()));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("rows");
    for (List<Object> row : table.rows()) {
      json.writeStartArray();
      for (int i = 0; i < row.size(); i++) {
        writeCell(table.columns().get(i), row.get(i), json);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeBooleanProperty("truncated", table.truncated());
  }

  /** Writes a row as an object whose members are named by the columns. */
  public static void writeRow(
      List<ResultTable.Column> columns, List<Object> row, JsonGenerator json) {
    json.writeStartObject();
    for (int i = 0; i < row.size(); i++) {
      json.writeName(Surrogates.repair(columns.get(i).name()));
      writeCell(columns.get(i), row.get(i), json);
    }
    json.writeEndObject();
  }

  private static void writeCell(ResultTable.Column column, Object cell, JsonGenerator json) {
    if (cell instanceof Long number) {
      if (column.type() == ResultTable.Type.TIME) {
        json.writeString(Timestamps.format(number));
      } else {
        json.writeNumber(number);
      }
    } else if (cell instanceof Double number) {
      writeNumber(column, number, json);
    } else if (cell instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(Surrogates.repair(cell.toString()));
    }
  }

  private static void writeNumber(ResultTable.Column column, double number, JsonGenerator json) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
    if (!Double.isFinite(number)) {
      json.writeNull();
    } else if (whole && column.type() == ResultTable.Type.NUMBER) {
      json.writeNumber((long) number);
    } else {
      json.writeNumber(number);
    }
  }
}
