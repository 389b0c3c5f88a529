package dev.logdash.core.view;

import dev.logdash.core.decode.Surrogates;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON object to a text. */
final class PanelJson {

  private static final JsonFactory JSON = new JsonFactory();

  private PanelJson() {}

  static String object(Consumer<JsonGenerator> members) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  static void text(JsonGenerator json, String name, String value) {
    json.writeStringProperty(name, Surrogates.repair(value));
  }
}
