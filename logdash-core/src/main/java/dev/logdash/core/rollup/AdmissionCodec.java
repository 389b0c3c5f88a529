package dev.logdash.core.rollup;

import dev.logdash.core.rollup.SeriesAdmission.Admitted;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Admitted series as JSON: an array of {@code [definition, day, offset, value, value, ...]}. */
final class AdmissionCodec {

  private static final JsonFactory JSON = new JsonFactory();

  private AdmissionCodec() {}

  static String write(List<Admitted> entries) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (Admitted entry : entries) {
        json.writeStartArray();
        json.writeString(entry.definition());
        json.writeNumber(entry.day());
        json.writeNumber(entry.offset());
        entry.series().forEach(json::writeString);
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  /** An empty text has no entries. */
  static List<Admitted> read(String text) {
    List<Admitted> entries = new ArrayList<>();
    if (text.isEmpty()) {
      return entries;
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        json.nextToken();
        String definition = json.getString();
        json.nextToken();
        long day = json.getLongValue();
        json.nextToken();
        long offset = json.getLongValue();
        List<String> series = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          series.add(json.getString());
        }
        entries.add(new Admitted(definition, day, List.copyOf(series), offset));
      }
    }
    return entries;
  }
}
