package dev.logdash.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Attributes;
import dev.logdash.api.event.LogEvent;
import dev.logdash.api.event.Severity;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/** Parsed events in a file, so that a peer can be measured without the parser. */
final class EventFile {

  private EventFile() {}

  /** An event, the bytes that it was made of, and its own bytes in this file. */
  record Entry(LogEvent event, int rawBytes, BytesRef encoded) {}

  /** Writes the events of files; answers how many. */
  static long write(List<Path> files, Path target) throws IOException {
    long[] count = new long[1];
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(target), 1 << 16))) {
      new LineEvents()
          .read(
              files,
              (event, rawBytes) -> {
                byte[] encoded = encode(event);
                out.writeInt(rawBytes);
                out.writeInt(encoded.length);
                out.write(encoded);
                count[0]++;
              });
    }
    return count[0];
  }

  static void read(Path source, Taker taker) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(source), 1 << 16))) {
      while (true) {
        int rawBytes;
        try {
          rawBytes = in.readInt();
        } catch (EOFException e) {
          return;
        }
        byte[] encoded = new byte[in.readInt()];
        in.readFully(encoded);
        taker.take(new Entry(decode(encoded), rawBytes, new BytesRef(encoded)));
      }
    }
  }

  /** Takes what was read. */
  interface Taker {
    void take(Entry entry) throws IOException;
  }

  static byte[] encode(LogEvent event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    DataOutputStream out = new DataOutputStream(bytes);
    text(out, event.id());
    out.writeLong(event.timestampNanos());
    out.writeLong(event.observedNanos());
    text(out, event.producer());
    out.writeLong(event.seq());
    out.writeByte(event.severity().number());
    text(out, event.severityText());
    text(out, event.service());
    text(out, event.source());
    text(out, event.message());
    text(out, event.traceId());
    text(out, event.spanId());
    Attributes attributes = event.attributes();
    out.writeShort(attributes.size());
    for (int i = 0; i < attributes.size(); i++) {
      text(out, attributes.name(i));
      value(out, attributes.value(i));
    }
    return bytes.toByteArray();
  }

  private static LogEvent decode(byte[] encoded) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded));
    LogEvent.Builder event =
        LogEvent.builder(text(in))
            .timestampNanos(in.readLong())
            .observedNanos(in.readLong())
            .producer(text(in))
            .seq(in.readLong())
            .severity(Severity.of(in.readByte()))
            .severityText(text(in))
            .service(text(in))
            .source(text(in))
            .message(text(in))
            .traceId(text(in))
            .spanId(text(in));
    Attributes.Builder attributes = Attributes.builder();
    int count = in.readShort();
    for (int i = 0; i < count; i++) {
      value(in, text(in), attributes);
    }
    return event.attributes(attributes.build()).build();
  }

  private static void value(DataOutputStream out, Object value) throws IOException {
    if (value instanceof String text) {
      out.writeByte('s');
      text(out, text);
    } else if (value instanceof Long number) {
      out.writeByte('l');
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeByte('d');
      out.writeDouble(number);
    } else if (value instanceof Boolean truth) {
      out.writeByte('b');
      out.writeBoolean(truth);
    } else {
      out.writeByte('t');
      List<?> list = (List<?>) value;
      out.writeShort(list.size());
      for (Object element : list) {
        text(out, (String) element);
      }
    }
  }

  private static void value(DataInputStream in, String name, Attributes.Builder attributes)
      throws IOException {
    switch (in.readByte()) {
      case 's' -> attributes.put(name, text(in));
      case 'l' -> attributes.put(name, in.readLong());
      case 'd' -> attributes.put(name, in.readDouble());
      case 'b' -> attributes.put(name, in.readBoolean());
      default -> {
        List<String> list = new ArrayList<>();
        int size = in.readShort();
        for (int i = 0; i < size; i++) {
          list.add(text(in));
        }
        attributes.put(name, list);
      }
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }
}
