package dev.logdash.redis;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Events as bytes, for those who watch elsewhere. Half a surrogate pair becomes a {@code ?}. */
final class EventCodec {

  private static final int TEXT = 0;
  private static final int LONG = 1;
  private static final int DOUBLE = 2;
  private static final int BOOLEAN = 3;
  private static final int TEXTS = 4;

  private EventCodec() {}

  static void write(DataOutputStream out, LogEvent event) throws IOException {
    Wire.write(out, event.id());
    Wire.write(out, event.dataset());
    out.writeLong(event.timestampNanos());
    out.writeLong(event.observedNanos());
    Wire.write(out, event.producer());
    out.writeLong(event.seq());
    out.writeByte(event.severity().number());
    Wire.write(out, event.severityText());
    Wire.write(out, event.service());
    Wire.write(out, event.source());
    Wire.write(out, event.message());
    Wire.write(out, event.traceId());
    Wire.write(out, event.spanId());
    Attributes attributes = event.attributes();
    out.writeInt(attributes.size());
    for (int i = 0; i < attributes.size(); i++) {
      Wire.write(out, attributes.name(i));
      write(out, attributes.value(i));
    }
  }

  static LogEvent read(DataInputStream in) throws IOException {
    return LogEvent.builder(Wire.read(in))
        .dataset(Wire.read(in))
        .timestampNanos(in.readLong())
        .observedNanos(in.readLong())
        .producer(Wire.read(in))
        .seq(in.readLong())
        .severity(Severity.of(in.readByte()))
        .severityText(Wire.read(in))
        .service(Wire.read(in))
        .source(Wire.read(in))
        .message(Wire.read(in))
        .traceId(Wire.read(in))
        .spanId(Wire.read(in))
        .attributes(readAttributes(in))
        .build();
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    if (value instanceof Long number) {
      out.writeByte(LONG);
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeByte(DOUBLE);
      out.writeDouble(number);
    } else if (value instanceof Boolean flag) {
      out.writeByte(BOOLEAN);
      out.writeBoolean(flag);
    } else if (value instanceof List<?> texts) {
      out.writeByte(TEXTS);
      out.writeInt(texts.size());
      for (Object text : texts) {
        Wire.write(out, text.toString());
      }
    } else {
      out.writeByte(TEXT);
      Wire.write(out, value.toString());
    }
  }

  private static Attributes readAttributes(DataInputStream in) throws IOException {
    Attributes.Builder attributes = Attributes.builder();
    for (int left = Wire.count(in); left > 0; left--) {
      String name = Wire.read(in);
      int type = in.readByte();
      switch (type) {
        case TEXT -> attributes.put(name, Wire.read(in));
        case LONG -> attributes.put(name, in.readLong());
        case DOUBLE -> attributes.put(name, in.readDouble());
        case BOOLEAN -> attributes.put(name, in.readBoolean());
        case TEXTS -> attributes.put(name, readTexts(in));
        default -> throw new IOException("unknown type of a value: " + type);
      }
    }
    return attributes.build();
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = Wire.count(in); left > 0; left--) {
      texts.add(Wire.read(in));
    }
    return texts;
  }
}
