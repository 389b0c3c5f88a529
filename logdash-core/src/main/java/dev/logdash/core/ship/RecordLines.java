package dev.logdash.core.ship;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.RawRecord;
import dev.logdash.core.decode.Surrogates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes records as they travel: one JSON object a line, with the identity of the record and its
 * bytes, as text or, where they are no text, in base 64.
 */
final class RecordLines {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int BUFFER = 64 * 1024;

  private RecordLines() {}

  /** The lines of some records in a gzip stream. */
  static byte[] gzip(List<RawRecord> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes, BUFFER);
        JsonGenerator json =
            JSON.createGenerator(ObjectWriteContext.empty(), zipped, JsonEncoding.UTF8)) {
      for (RawRecord record : records) {
        write(record, json);
        json.writeRaw('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(RawRecord record, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("offset", record.offset());
    json.writeNumberProperty("received", record.receivedNanos());
    text(json, "id", record.eventId());
    text(json, "source", record.source());
    if (!record.dataset().equals(RawRecord.DEFAULT_DATASET)) {
      text(json, "dataset", record.dataset());
    }
    optional(json, "service", record.headers().get(Headers.SERVICE));
    optional(json, "format", record.headers().get(Headers.FORMAT));
    optional(json, "columns", record.headers().get(Headers.COLUMNS));
    optional(json, "redacted", record.headers().get(Headers.REDACTED));
    optional(json, "truncated", record.headers().get(Headers.TRUNCATED));
    String line = asText(record);
    if (line != null) {
      json.writeStringProperty("line", line);
    } else {
      json.writeName("base64");
      json.writeBinary(record.array(), record.start(), record.length());
    }
    json.writeEndObject();
  }

  /** The bytes as text; null where base 64 is shorter, or where they are no UTF-8. */
  private static @Nullable String asText(RawRecord record) {
    int escapes = 0;
    for (int i = record.start(); i < record.start() + record.length(); i++) {
      byte b = record.array()[i];
      if (b == '"' || b == '\\') {
        escapes++;
      } else if (b >= 0 && b < ' ') {
        escapes += 5;
      }
    }
    if (escapes > record.length() / 3) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(record.array(), record.start(), record.length()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      text(json, name, value);
    }
  }

  private static void text(JsonGenerator json, String name, String value) {
    json.writeStringProperty(name, Surrogates.repair(value));
  }
}
