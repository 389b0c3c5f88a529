package dev.logdash.core.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An entry of systemd's journal as JSON: a text for each field, with U+FFFD where its bytes are no
 * UTF-8, and an array of texts where it is there more than once.
 */
final class JournalJson {

  private static final JsonFactory JSON = new JsonFactory();

  private JournalJson() {}

  /**
   * @param begin where the entry begins that the places of the fields count from
   */
  static byte[] of(byte[] b, int begin, List<JournalEntry.Field> fields) {
    Map<String, List<ByteBuffer>> values = new LinkedHashMap<>();
    for (JournalEntry.Field field : fields) {
      int length = field.nameEnd() - field.name();
      String name = new String(b, begin + field.name(), length, ISO_8859_1);
      values
          .computeIfAbsent(name, unknown -> new ArrayList<>(1))
          .add(ByteBuffer.wrap(b, begin + field.value(), field.end() - field.value()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      values.forEach((name, all) -> write(name, all, json));
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(String name, List<ByteBuffer> values, JsonGenerator json) {
    json.writeName(name);
    if (values.size() == 1) {
      write(values.get(0), json);
      return;
    }
    json.writeStartArray();
    values.forEach(value -> write(value, json));
    json.writeEndArray();
  }

  // An array of numbers, as journalctl has it, would hide a secret from whoever looks for one.
  private static void write(ByteBuffer value, JsonGenerator json) {
    json.writeString(UTF_8.decode(value.duplicate()).toString());
  }
}
