package dev.logdash.server;

import dev.logdash.core.decode.Timestamps;
import dev.logdash.core.query.EventFields;
import dev.logdash.core.table.ResultTable;
import dev.logdash.core.table.TableJson;
import java.io.PrintStream;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes tables of queries with pipes. */
final class TablePrinter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int DECIMALS = 3;
  // In front of the names of columns whose numbers are not exact.
  private static final String ABOUT = "~";

  private TablePrinter() {}

  /** One JSON object a row. */
  static void json(ResultTable table, PrintStream out) {
    for (List<Object> row : table.rows()) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
        TableJson.writeRow(table.columns(), row, json);
      }
      out.println(text);
    }
  }

  /** Aligned columns for people. */
  static void text(ResultTable table, PrintStream out) {
    List<ResultTable.Column> columns = table.columns();
    TextTable text =
        new TextTable(
            column -> columns.get(column).type() != ResultTable.Type.NUMBER,
            columns.stream()
                .map(column -> column.approximate() ? ABOUT + column.name() : column.name())
                .toList());
    for (List<Object> row : table.rows()) {
      String[] cells = new String[columns.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cell(columns.get(i), row.get(i));
      }
      text.row(cells);
    }
    text.print(out);
  }

  private static String cell(ResultTable.Column column, Object cell) {
    if (column.type() == ResultTable.Type.TIME && cell instanceof Long nanos) {
      return Timestamps.format(nanos);
    }
    return column.type() == ResultTable.Type.NUMBER && cell instanceof Double number
        ? number(number)
        : EventFields.text(cell);
  }

  private static String number(double number) {
    if (!Double.isFinite(number)) {
      return "";
    }
    boolean large = Math.abs(number) >= 1L << 53;
    if (number == Math.rint(number) || large) {
      return EventFields.text(number);
    }
    BigDecimal exact = BigDecimal.valueOf(number);
    BigDecimal rounded =
        Math.abs(number) >= 1
            ? exact.setScale(DECIMALS, RoundingMode.HALF_UP)
            : exact.round(new MathContext(DECIMALS));
    return rounded.stripTrailingZeros().toString();
  }
}
