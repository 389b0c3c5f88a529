package dev.logdash.core.view;

import dev.logdash.api.store.Aggregation;
import dev.logdash.api.store.Filter;
import dev.logdash.api.store.LogQuery;
import dev.logdash.api.store.LogSearch;
import dev.logdash.api.store.Table;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;

/** The most frequent values of some fields, over all events of the query. */
final class TopValues {

  private TopValues() {}

  private record Field(String name, long events, Table values) {}

  static Mono<String> of(Panel panel, LogSearch search) {
    return search
        .count(panel.query())
        .flatMap(
            total ->
                Flux.fromIterable(panel.fields())
                    .concatMap(field -> field(field, panel, search))
                    .collectList()
                    .map(fields -> PanelJson.object(json -> write(json, fields, total))));
  }

  private static Mono<Field> field(String name, Panel panel, LogSearch search) {
    LogQuery query =
        panel.query().toBuilder()
            .filter(new Filter.And(List.of(panel.query().filter(), new Filter.Exists(name))))
            .build();
    Aggregation values =
        new Aggregation(
            query,
            List.of(new Aggregation.ByField(name)),
            List.of(new Aggregation.Count()),
            panel.size());
    return search
        .count(query)
        .flatMap(events -> search.aggregate(values).map(table -> new Field(name, events, table)));
  }

  private static void write(JsonGenerator json, List<Field> fields, long total) {
    json.writeArrayPropertyStart("fields");
    for (Field field : fields) {
      json.writeStartObject();
      PanelJson.text(json, "field", field.name());
      json.writeNumberProperty("events", field.events());
      json.writeBooleanProperty("more", field.values().truncated());
      json.writeArrayPropertyStart("values");
      field.values().rows().stream()
          .sorted((left, right) -> Double.compare(right.values().get(0), left.values().get(0)))
          .forEach(row -> write(json, row));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("sampled", total);
    json.writeNumberProperty("total", total);
  }

  private static void write(JsonGenerator json, Table.Row row) {
    json.writeStartObject();
    PanelJson.text(json, "value", row.key().get(0));
    json.writeNumberProperty("count", row.values().get(0).longValue());
    json.writeEndObject();
  }
}
