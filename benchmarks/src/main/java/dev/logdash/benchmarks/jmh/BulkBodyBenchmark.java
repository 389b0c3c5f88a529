package dev.logdash.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.LogEvent;
import dev.logdash.core.decode.EventDecoder;
import dev.logdash.elasticsearch.BulkLines;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nanoseconds to make the lines of one event in the body of a bulk request. Logdash makes the
 * terms, columns and tokens of its document meanwhile. Its peers write an event as it is, out of a
 * map that is ready, as a plain program does; and the very document of logdash, out of a map that
 * has all of it ready.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Samples.COUNT)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BulkBodyBenchmark {

  private static final String INDEX = "logdash-default-2025.05.17";
  private static final TypeReference<Map<String, Object>> DOCUMENT = new TypeReference<>() {};
  private static final JsonFactory FACTORY = JsonFactory.builder().rootValueSeparator("\n").build();

  @Param({"access", "layout", "syslog3164", "syslog5424", "json", "logfmt"})
  private String format;

  private final BulkLines lines = new BulkLines();
  private final ObjectWriter writer = JsonMapper.shared().writer();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(4 << 20);
  private List<LogEvent> events = List.of();
  private final List<Map<String, ?>> actions = new ArrayList<>();
  private final List<Map<String, ?>> plain = new ArrayList<>();
  private final List<Map<String, ?>> same = new ArrayList<>();

  @Setup
  public void prepare() {
    EventDecoder decoder = new EventDecoder();
    byte[][] bytes = Samples.bytes(Samples.of(format));
    List<LogEvent> decoded = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      decoded.add(decoder.decode(Samples.record(i, bytes[i])));
    }
    events = decoded;
    for (LogEvent event : events) {
      actions.add(Map.of("create", Map.of("_index", INDEX, "_id", event.id())));
      plain.add(plain(event));
    }
    int length = lines.write(events, INDEX);
    List<String> written = lines.text().lines().toList();
    for (int i = 1; i < written.size(); i += 2) {
      same.add(JsonMapper.shared().readValue(written.get(i), DOCUMENT));
    }
    System.out.printf(
        "%n%d bytes for each event: %d of its line, %d as a plain document%n",
        length / events.size(),
        Samples.of(format).stream().mapToInt(line -> line.getBytes(UTF_8).length).sum()
            / events.size(),
        objectWriter(plain) / events.size());
  }

  @Benchmark
  public int logdash() {
    return lines.write(events, INDEX);
  }

  /** A map for each line, one writer for all. */
  @Benchmark
  public int plainObjectWriter() {
    return objectWriter(plain);
  }

  /** Names and values, one after the other, into one generator. */
  @Benchmark
  public int plainGenerator() {
    out.reset();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      for (int i = 0; i < events.size(); i++) {
        LogEvent event = events.get(i);
        json.writeStartObject();
        json.writeObjectPropertyStart("create");
        json.writeStringProperty("_index", INDEX);
        json.writeStringProperty("_id", event.id());
        json.writeEndObject();
        json.writeEndObject();
        json.writeStartObject();
        plain.get(i).forEach((name, value) -> write(json, name, value));
        json.writeEndObject();
      }
    }
    return out.size();
  }

  /** The bytes of each document for itself, copied into the body, as BulkIngester keeps them. */
  @Benchmark
  public int plainBytesPerDocument() {
    out.reset();
    for (int i = 0; i < actions.size(); i++) {
      byte[] action = writer.writeValueAsBytes(actions.get(i));
      byte[] document = writer.writeValueAsBytes(plain.get(i));
      out.write(action, 0, action.length);
      out.write('\n');
      out.write(document, 0, document.length);
      out.write('\n');
    }
    return out.size();
  }

  /** The document of logdash. */
  @Benchmark
  public int sameObjectWriter() {
    return objectWriter(same);
  }

  private int objectWriter(List<Map<String, ?>> documents) {
    out.reset();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      for (int i = 0; i < actions.size(); i++) {
        writer.writeValue(json, actions.get(i));
        writer.writeValue(json, documents.get(i));
      }
    }
    return out.size();
  }

  private static void write(JsonGenerator json, String name, Object value) {
    json.writeName(name);
    if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      list.forEach(element -> json.writeString(element.toString()));
      json.writeEndArray();
    } else {
      json.writeString(value.toString());
    }
  }

  private static Map<String, Object> plain(LogEvent event) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("@timestamp", event.timestampNanos() / 1_000_000);
    map.put("log.level", event.severityText());
    map.put("service.name", event.service());
    map.put("log.file.path", event.source());
    map.put("message", event.message());
    event.attributes().forEach(map::putIfAbsent);
    return map;
  }
}
