package dev.logdash.embedded;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Origin;
import dev.logdash.api.event.Severity;
import dev.logdash.core.text.SubTexts;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/** Events as bytes, as they lie in the stored field of an index. */
final class EventCodec {

  /*
   * Version 2. What follows from other parts is left out, since it would be most of the bytes:
   *
   *   the id        where it is the one that the origin and the reception give
   *   a value       where the message has it: its place there
   *   hexadecimal   digits of trace and span ids: four bits each
   *   a name        of FieldNames: its number
   *
   * Version 1, which had all of it and the message behind the source, is read.
   */

  private static final int VERSION = 2;
  private static final int VERSION_1 = 1;

  private static final int STRING = 0;
  private static final int LONG = 1;
  private static final int DOUBLE = 2;
  private static final int FALSE = 3;
  private static final int TRUE = 4;
  private static final int LIST = 5;
  private static final int OF_MESSAGE = 6;

  private static final int OWN_ID = 0;
  private static final int ID_OF_ORIGIN = 1;

  private EventCodec() {}

  /** Writes all of an event but its dataset, which the index is named after. */
  static void encode(LogEvent event, Bytes bytes) {
    bytes.writeByte(VERSION);
    if (event.id().equals(idOfOrigin(event.producer(), event.seq(), event.observedNanos()))) {
      bytes.writeByte(ID_OF_ORIGIN);
    } else {
      bytes.writeByte(OWN_ID);
      EventTexts.write(bytes, event.id());
    }
    bytes.writeVarLong(event.timestampNanos());
    bytes.writeZigZag(event.observedNanos() - event.timestampNanos());
    EventTexts.write(bytes, event.producer());
    bytes.writeZigZag(event.seq());
    bytes.writeByte(event.severity().number());
    EventTexts.write(bytes, event.severityText());
    EventTexts.write(bytes, event.service());
    EventTexts.write(bytes, event.source());
    EventTexts.write(bytes, event.message());
    EventTexts.write(bytes, event.traceId());
    EventTexts.write(bytes, event.spanId());
    Attributes attributes = event.attributes();
    bytes.writeVarLong(attributes.size());
    SubTexts message = new SubTexts(event.message());
    for (int i = 0; i < attributes.size(); i++) {
      EventTexts.writeName(bytes, attributes.name(i));
      writeValue(bytes, attributes.value(i), message);
    }
  }

  static LogEvent decode(BytesRef stored, String dataset) {
    Bytes bytes = new Bytes(stored.bytes, stored.offset, stored.length);
    int version = bytes.readByte();
    if (version != VERSION && version != VERSION_1) {
      throw new IllegalStateException("event of version " + version);
    }
    boolean old = version == VERSION_1;
    String ownId = old || bytes.readByte() == OWN_ID ? readText(bytes, old) : "";
    long timestamp = bytes.readVarLong();
    long observed = timestamp + bytes.readZigZag();
    String producer = readText(bytes, old);
    long seq = bytes.readZigZag();
    String id = ownId.isEmpty() ? idOfOrigin(producer, seq, observed) : ownId;
    LogEvent.Builder event =
        LogEvent.builder(id)
            .dataset(dataset)
            .timestampNanos(timestamp)
            .observedNanos(observed)
            .producer(producer)
            .seq(seq)
            .severity(Severity.of(bytes.readByte()))
            .severityText(readText(bytes, old))
            .service(readText(bytes, old))
            .source(readText(bytes, old));
    String message = readText(bytes, old);
    event.message(message).traceId(readText(bytes, old)).spanId(readText(bytes, old));
    int count = (int) bytes.readVarLong();
    if (count == 0) {
      return event.build();
    }
    Attributes.Builder attributes = Attributes.builder();
    for (int i = 0; i < count; i++) {
      String name = old ? readText(bytes, true) : EventTexts.readName(bytes);
      readValue(bytes, name, attributes, message, old);
    }
    return event.attributes(attributes.build()).build();
  }

  private static String idOfOrigin(String producer, long seq, long observedNanos) {
    return seq < 0 ? "" : new Origin(producer, 0, seq).eventId(observedNanos);
  }

  private static String readText(Bytes bytes, boolean old) {
    return old ? EventTexts.readVersion1(bytes) : EventTexts.read(bytes);
  }

  private static void writeValue(Bytes bytes, Object value, SubTexts message) {
    if (value instanceof String text) {
      int start = message.find(text);
      if (start >= 0) {
        bytes.writeByte(OF_MESSAGE);
        bytes.writeVarLong(start);
        bytes.writeVarLong(text.length());
      } else {
        bytes.writeByte(STRING);
        EventTexts.write(bytes, text);
      }
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
        EventTexts.write(bytes, (String) element);
      }
    } else {
      throw new AssertionError(value.getClass());
    }
  }

  private static void readValue(
      Bytes bytes, String name, Attributes.Builder attributes, String message, boolean old) {
    int type = bytes.readByte();
    switch (type) {
      case STRING:
        attributes.put(name, readText(bytes, old));
        return;
      case OF_MESSAGE:
        int start = (int) bytes.readVarLong();
        int end = start + (int) bytes.readVarLong();
        if (start < 0 || end < start || end > message.length()) {
          throw new IllegalStateException("a value lies outside the message");
        }
        attributes.put(name, message.substring(start, end));
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
          list.add(readText(bytes, old));
        }
        attributes.put(name, list);
        return;
      default:
        throw new IllegalStateException("value of type " + type);
    }
  }
}
