package dev.logdash.core.enrich;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.EcsFields;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.ingest.Enricher;
import java.util.List;

/** Adds the fields that a table has for the value of one field of the event. */
final class LookupEnricher implements Enricher {

  private final String key;
  private final LookupTable table;

  /**
   * @param key the field that is looked up; if empty, that of the name of the table's first column
   */
  LookupEnricher(String key, LookupTable table) {
    this.key = key.isEmpty() ? table.keyName() : key;
    this.table = table;
  }

  @Override
  public LogEvent enrich(LogEvent event) {
    String value = value(event);
    List<String> row = value.isEmpty() ? null : table.rows().get(value);
    if (row == null) {
      return event;
    }
    Attributes.Builder attributes = event.attributes().toBuilder();
    LogEvent.Builder enriched = event.toBuilder();
    for (int i = 0; i < row.size(); i++) {
      String field = table.fields().get(i);
      String cell = row.get(i);
      if (cell.isEmpty()) {
        continue;
      }
      if (!field.equals(EcsFields.SERVICE_NAME)) {
        attributes.put(field, cell);
      } else if (event.service().isEmpty()) {
        enriched.service(cell);
      }
    }
    return enriched.attributes(attributes.build()).build();
  }

  private String value(LogEvent event) {
    switch (key) {
      case EcsFields.SERVICE_NAME:
        return event.service();
      case EcsFields.LOG_SOURCE:
        return event.source();
      default:
        return event.attributes().text(key);
    }
  }
}
