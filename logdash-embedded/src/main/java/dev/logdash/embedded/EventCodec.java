package dev.logdash.embedded;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/** Events as bytes, as they lie in the stored field of an index. */
final class EventCodec {

  private static final int VERSION = 1;

  private static final int STRING = 0;
  private static final int LONG = 1;
  private static final int DOUBLE = 2;
  private static final int FALSE = 3;
  private static final int TRUE = 4;
  private static final int LIST = 5;

  private EventCodec() {}

  /** Writes all of an event but its dataset, which the index is named after. */
  static void encode(LogEvent event, Bytes bytes) {
    bytes.writeByte(VERSION);
    writeText(bytes, event.id());
    bytes.writeVarLong(event.timestampNanos());
    bytes.writeZigZag(event.observedNanos() - event.timestampNanos());
    writeText(bytes, event.producer());
    bytes.writeZigZag(event.seq());
    bytes.writeByte(event.severity().number());
    writeText(bytes, event.severityText());
    writeText(bytes, event.service());
    writeText(bytes, event.source());
    writeText(bytes, event.message());
    writeText(bytes, event.traceId());
    writeText(bytes, event.spanId());
    Attributes attributes = event.attributes();
    bytes.writeVarLong(attributes.size());
    for (int i = 0; i < attributes.size(); i++) {
      writeText(bytes, attributes.name(i));
      writeValue(bytes, attributes.value(i));
    }
  }

  static LogEvent decode(BytesRef stored, String dataset) {
    Bytes bytes = new Bytes(stored.bytes, stored.offset, stored.length);
    int version = bytes.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("event of version " + version);
    }
    LogEvent.Builder event = LogEvent.builder(readText(bytes)).dataset(dataset);
    long timestamp = bytes.readVarLong();
    event
        .timestampNanos(timestamp)
        .observedNanos(timestamp + bytes.readZigZag())
        .producer(readText(bytes))
        .seq(bytes.readZigZag())
        .severity(Severity.of(bytes.readByte()))
        .severityText(readText(bytes))
        .service(readText(bytes))
        .source(readText(bytes))
        .message(readText(bytes))
        .traceId(readText(bytes))
        .spanId(readText(bytes));
    int count = (int) bytes.readVarLong();
    if (count == 0) {
      return event.build();
    }
    Attributes.Builder attributes = Attributes.builder();
    for (int i = 0; i < count; i++) {
      readValue(bytes, readText(bytes), attributes);
    }
    return event.attributes(attributes.build()).build();
  }

  private static void writeValue(Bytes bytes, Object value) {
    if (value instanceof String text) {
      bytes.writeByte(STRING);
      writeText(bytes, text);
    } else if (value instanceof Long number) {
      bytes.writeByte(LONG);
      bytes.writeZigZag(number);
    } else if (value instanceof Double number) {
      bytes.writeByte(DOUBLE);
      bytes.writeFixed(Double.doubleToRawLongBits(number), 8);
    } else if (value instanceof Boolean truth) {
      bytes.writeByte(truth ? TRUE : FALSE);
    } else if (value instanceof List<?> list) {
      bytes.writeByte(LIST);
      bytes.writeVarLong(list.size());
      for (Object element : list) {
        writeText(bytes, (String) element);
      }
    } else {
      throw new AssertionError(value.getClass());
    }
  }

  private static void readValue(Bytes bytes, String name, Attributes.Builder attributes) {
    int type = bytes.readByte();
    switch (type) {
      case STRING:
        attributes.put(name, readText(bytes));
        return;
      case LONG:
        attributes.put(name, bytes.readZigZag());
        return;
      case DOUBLE:
        attributes.put(name, Double.longBitsToDouble(bytes.readFixed(8)));
        return;
      case FALSE:
      case TRUE:
        attributes.put(name, type == TRUE);
        return;
      case LIST:
        int count = (int) bytes.readVarLong();
        List<String> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          list.add(readText(bytes));
        }
        attributes.put(name, list);
        return;
      default:
        throw new IllegalStateException("value of type " + type);
    }
  }

  /** A text as UTF-8, or as UTF-16 if it holds what is no character and UTF-8 would lose it. */
  private static void writeText(Bytes bytes, String text) {
    boolean wide = !isWellFormed(text);
    byte[] encoded = wide ? utf16(text) : text.getBytes(StandardCharsets.UTF_8);
    bytes.writeVarLong((long) encoded.length << 1 | (wide ? 1 : 0));
    bytes.writeBytes(encoded, encoded.length);
  }

  private static String readText(Bytes bytes) {
    long header = bytes.readVarLong();
    int length = (int) (header >>> 1);
    bytes.require(length);
    int from = bytes.position();
    bytes.skip(length);
    if ((header & 1) == 0) {
      return length == 0 ? "" : new String(bytes.array(), from, length, StandardCharsets.UTF_8);
    }
    char[] chars = new char[length / 2];
    for (int i = 0; i < chars.length; i++) {
      int at = from + 2 * i;
      chars[i] = (char) ((bytes.array()[at] & 0xFF) << 8 | (bytes.array()[at + 1] & 0xFF));
    }
    return new String(chars);
  }

  private static byte[] utf16(String text) {
    byte[] encoded = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      encoded[2 * i] = (byte) (text.charAt(i) >>> 8);
      encoded[2 * i + 1] = (byte) text.charAt(i);
    }
    return encoded;
  }

  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
