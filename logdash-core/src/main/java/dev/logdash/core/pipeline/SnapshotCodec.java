package dev.logdash.core.pipeline;

import dev.logdash.api.error.BackendException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Snapshots as JSON. */
final class SnapshotCodec {

  private static final int FORMAT = 2;

  // It had no cuts.
  private static final int FIRST_FORMAT = 1;

  private static final JsonFactory JSON = new JsonFactory();

  private SnapshotCodec() {}

  static String write(Snapshot snapshot) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("format", FORMAT);
      json.writeNumberProperty("next", snapshot.nextOffset());
      json.writeNumberProperty("time", snapshot.timeNanos());
      json.writeNumberProperty("watermark", snapshot.watermarkNanos());
      writeMap(json, "straddling", snapshot.straddling());
      writeMap(json, "producers", snapshot.producers());
      json.writeArrayPropertyStart("cuts");
      snapshot.cuts().stream().sorted().forEach(json::writeNumber);
      json.writeEndArray();
      Totals totals = snapshot.totals();
      json.writeArrayPropertyStart("totals");
      json.writeNumber(totals.lines());
      json.writeNumber(totals.storedLines());
      json.writeNumber(totals.deadLetterLines());
      json.writeNumber(totals.repeatedLines());
      json.writeNumber(totals.events());
      json.writeNumber(totals.deadLetters());
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Fails with {@link BackendException.Misconfigured} for a text of another format. */
  static Snapshot read(String key, String text) {
    Map<String, Long> numbers = new HashMap<>();
    Map<String, Long> straddling = new HashMap<>();
    Map<String, Long> producers = new HashMap<>();
    Set<Long> cuts = new HashSet<>();
    long[] totals = new long[6];
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.START_OBJECT) {
          readMap(json, name.equals("producers") ? producers : straddling);
        } else if (value == JsonToken.START_ARRAY && name.equals("cuts")) {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            cuts.add(json.getLongValue());
          }
        } else if (value == JsonToken.START_ARRAY) {
          for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            totals[i] = json.getLongValue();
          }
        } else {
          numbers.put(name, json.getLongValue());
        }
      }
    } catch (JacksonException | ArrayIndexOutOfBoundsException e) {
      throw new BackendException.Misconfigured(
          "the document "
              + key
              + " is damaged; restore the document store from a backup, or begin a new one, which"
              + " begins the statistics anew",
          e);
    }
    long format = numbers.getOrDefault("format", 0L);
    if (format < FIRST_FORMAT || format > FORMAT) {
      throw new BackendException.Misconfigured(
          "the document "
              + key
              + " has format "
              + format
              + "; this version of logdash reads "
              + FORMAT
              + " and no newer one",
          null);
    }
    return new Snapshot(
        numbers.getOrDefault("next", 0L),
        numbers.getOrDefault("time", 0L),
        numbers.getOrDefault("watermark", 0L),
        straddling,
        producers,
        cuts,
        new Totals(totals[0], totals[1], totals[2], totals[3], totals[4], totals[5]));
  }

  private static void writeMap(JsonGenerator json, String name, Map<String, Long> map) {
    json.writeObjectPropertyStart(name);
    map.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private static void readMap(JsonParser json, Map<String, Long> map) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = json.currentName();
      json.nextToken();
      map.put(key, json.getLongValue());
    }
  }
}
