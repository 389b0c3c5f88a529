package dev.logdash.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdash.api.event.Headers;
import dev.logdash.api.event.SourcePosition;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.ingest.LineReader;
import dev.logdash.core.parse.HeaderLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The records that the spool of another process sends: a JSON object a line, with the identity that
 * the record has there. A record that was taken before, because its answer was lost, is told by its
 * offset and not taken again.
 */
final class ShippedRecords implements IngestRun.Items {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_RECORDS = 100_000;
  private static final int MAX_NAME = 512;
  // The names around a line, with its header, and what escapes or base 64 make of them.
  private static final int MAX_AROUND = 16 * 1024 + 6 * HeaderLine.MAX_TEXT_BYTES;

  private final LineReader reader;
  private final int maxLineBytes;
  private final String stream;
  private final UnaryOperator<String> dataset;
  private final ToLongFunction<String> positions;
  private final Map<String, Long> taken = new HashMap<>();
  private int index;

  /**
   * @param stream names the producer, and whoever sends for it
   * @param dataset where records of a dataset go; fails where they may not
   * @param positions how far a key has come in the sink, or -1
   */
  ShippedRecords(
      InputStream in,
      int maxLineBytes,
      String stream,
      UnaryOperator<String> dataset,
      ToLongFunction<String> positions) {
    this.reader = new LineReader(in, 0, maxLineBytes + maxLineBytes / 2 + MAX_AROUND);
    this.maxLineBytes = maxLineBytes;
    this.stream = stream;
    this.dataset = dataset;
    this.positions = positions;
  }

  @Override
  public IngestRun.@Nullable Item next() throws IOException {
    if (!reader.next(true)) {
      return null;
    }
    int own = index++;
    if (own == MAX_RECORDS) {
      throw Problem.tooLarge("the body has more than " + MAX_RECORDS + " records");
    }
    if (reader.fullLength() > reader.length()) {
      return tooLong(own);
    }
    Shipped record = Shipped.read(reader.copy());
    // What is refused must be refused again when the answer was lost, so it is looked at first.
    if (record.body.length > maxLineBytes) {
      return tooLong(own);
    }
    if (record.isNamedTooLong()) {
      return new IngestRun.Item(own, null, "a name has more than " + MAX_NAME + " characters");
    }
    if (record.headers.getOrDefault(Headers.COLUMNS, "").length() > HeaderLine.MAX_TEXT_BYTES) {
      return new IngestRun.Item(
          own, null, "the columns have more than " + HeaderLine.MAX_TEXT_BYTES + " characters");
    }
    String target = dataset.apply(record.dataset);
    String key = stream + '/' + record.source;
    if (record.offset < taken.computeIfAbsent(key, positions::applyAsLong)) {
      return IngestRun.Item.takenBefore(own);
    }
    return new IngestRun.Item(
        own,
        Submission.of(record.body, record.source)
            .withDataset(target)
            .withHeaders(record.headers)
            .withPosition(new SourcePosition(key, record.offset + 1)),
        "");
  }

  private IngestRun.Item tooLong(int own) {
    return new IngestRun.Item(own, null, "the line has more than " + maxLineBytes + " bytes");
  }

  /** One record as it was sent. */
  private static final class Shipped {
    private static final byte[] NOTHING = {};

    private long offset = -1;
    private byte[] body = NOTHING;
    private String source = "";
    private String dataset = "";
    private final Map<String, String> headers = new HashMap<>();

    static Shipped read(byte[] line) {
      try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
        Shipped record = new Shipped();
        boolean object = json.nextToken() == JsonToken.START_OBJECT;
        while (object && json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          json.nextToken();
          record.take(name, json);
        }
        if (record.offset >= 0 && record.headers.containsKey(Headers.EVENT_ID)) {
          return record;
        }
      } catch (JacksonException e) {
        // Told like any other line that is no record.
      }
      throw Problem.badRequest("record", "a record was expected, with an offset and an id");
    }

    private void take(String name, JsonParser json) {
      switch (name) {
        case "offset":
          offset = json.getLongValue();
          break;
        case "received":
          headers.put(Headers.RECEIVED, Long.toString(json.getLongValue()));
          break;
        case "id":
          headers.put(Headers.EVENT_ID, json.getString());
          break;
        case "source":
          source = json.getString();
          break;
        case "dataset":
          dataset = json.getString();
          break;
        case "service":
          headers.put(Headers.SERVICE, json.getString());
          break;
        case "format":
          headers.put(Headers.FORMAT, json.getString());
          break;
        case "columns":
          headers.put(Headers.COLUMNS, json.getString());
          break;
        case "redacted":
          headers.put(Headers.REDACTED, json.getString());
          break;
        case "truncated":
          headers.put(Headers.TRUNCATED, json.getString());
          break;
        case "line":
          body = json.getString().getBytes(UTF_8);
          break;
        case "base64":
          body = json.getBinaryValue();
          break;
        default:
          // A later version may say more.
          json.skipChildren();
      }
    }

    boolean isNamedTooLong() {
      return source.length() > MAX_NAME
          || headers.entrySet().stream()
              .filter(header -> !header.getKey().equals(Headers.COLUMNS))
              .anyMatch(header -> header.getValue().length() > MAX_NAME);
    }
  }
}
