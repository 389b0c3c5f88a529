package dev.logdash.dashboard;

import com.fasterxml.jackson.annotation.Nulls;
import dev.logdash.core.decode.Surrogates;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A list or a map without a value in it would fail later, as a fault of ours.
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .build();

  private Json() {}

  static byte[] object(Consumer<JsonGenerator> members) {
    return value(
        json -> {
          json.writeStartObject();
          members.accept(json);
          json.writeEndObject();
        });
  }

  static byte[] value(Consumer<JsonGenerator> value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      value.accept(json);
    }
    return bytes.toByteArray();
  }

  static void text(JsonGenerator json, String name, String value) {
    json.writeStringProperty(name, Surrogates.repair(value));
  }

  /**
   * Reads a body of a request; unknown members, members that stand twice and anything behind the
   * value are refused.
   */
  static <T> T read(byte[] body, Class<T> type) {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw Problem.badRequest("body", "the body is null");
      }
      return value;
    } catch (JacksonException e) {
      throw Problem.badRequest(
          "body", "the body is not what is expected: " + e.getOriginalMessage());
    }
  }
}
