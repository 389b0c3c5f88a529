package dev.logdash.core.statement;

import dev.logdash.api.event.Severity;
import dev.logdash.core.decode.Surrogates;
import dev.logdash.core.decode.Timestamps;
import dev.logdash.core.statement.StatementTable.Statement;
import tools.jackson.core.JsonGenerator;

/** Statements as JSON. Times are ISO-8601 in UTC; long texts are cut. */
public final class StatementJson {

  /** The most UTF-16 units of a text; what is longer ends in three dots. */
  static final int MAX_TEXT = 1_000;

  private StatementJson() {}

  /** Writes the members of the object that stands for a table. */
  public static void writeMembers(StatementTable table, JsonGenerator json) {
    json.writeNumberProperty("total", table.total());
    json.writeArrayPropertyStart("patterns");
    table.rows().forEach(row -> write(row, table.total(), json));
    json.writeEndArray();
    json.writeObjectPropertyStart("more");
    json.writeNumberProperty("patterns", table.more().statements());
    json.writeNumberProperty("count", table.more().count());
    json.writeEndObject();
    json.writeObjectPropertyStart("without");
    json.writeNumberProperty("count", table.without().count());
    writeFilter(table.without().filter(), json);
    json.writeEndObject();
    json.writeObjectPropertyStart("other");
    json.writeNumberProperty("count", table.other());
    json.writeEndObject();
  }

  private static void write(Statement row, long total, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("template", text(row.text()));
    json.writeStringProperty("kind", row.kind().text());
    json.writeNumberProperty("count", row.count());
    json.writeNumberProperty("share", total == 0 ? 0 : (double) row.count() / total);
    if (row.worst() != Severity.UNSPECIFIED) {
      json.writeStringProperty("worst", row.worst().className());
    }
    if (row.kind() != StatementTable.Kind.REQUEST) {
      json.writeStringProperty("last", Timestamps.format(row.lastNanos()));
      json.writeStringProperty("example", text(row.example()));
    }
    json.writeNumberProperty("forms", row.forms());
    writeFilter(row.filter(), json);
    json.writeEndObject();
  }

  private static void writeFilter(String filter, JsonGenerator json) {
    if (!filter.isEmpty()) {
      json.writeStringProperty("filter", Surrogates.repair(filter));
    }
  }

  private static String text(String text) {
    return Surrogates.repair(
        text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + '\u2026' : text);
  }
}
