package dev.logdash.server;

import dev.logdash.core.table.ResultTable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ExitCode;
import tools.jackson.databind.JsonNode;

/** Reads tables as the HTTP API shows them. */
final class RemoteTables {

  private RemoteTables() {}

  /**
   * The table of an answer.
   *
   * @throws CommandFailed if it is not one of logdash
   */
  static ResultTable of(JsonNode answer) {
    try {
      List<ResultTable.Column> columns = new ArrayList<>();
      for (JsonNode column : answer.path("columns")) {
        columns.add(
            new ResultTable.Column(
                column.path("name").asString(""),
                type(column.path("type").asString("")),
                column.path("approximate").asBoolean(false),
                column.path("field").asString("")));
      }
      List<List<Object>> rows = new ArrayList<>();
      for (JsonNode row : answer.path("rows")) {
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          cells.add(cell(row.path(i), columns.get(i).type()));
        }
        rows.add(cells);
      }
      return new ResultTable(columns, rows, answer.path("truncated").asBoolean(false));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new CommandFailed(
          ExitCode.SOFTWARE, "the answer is a table that this version does not understand", e);
    }
  }

  private static ResultTable.Type type(String text) {
    return Arrays.stream(ResultTable.Type.values())
        .filter(type -> type.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no type of a column: " + text));
  }

  private static Object cell(JsonNode cell, ResultTable.Type type) {
    switch (type) {
      case TIME:
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(cell.asString("")));
      case NUMBER:
        return cell.isNumber() ? cell.asDouble() : Double.NaN;
      default:
        if (cell.isIntegralNumber()) {
          return cell.asLong();
        }
        if (cell.isNumber()) {
          return cell.asDouble();
        }
        return cell.isBoolean() ? (Object) cell.asBoolean() : cell.asString("");
    }
  }
}
