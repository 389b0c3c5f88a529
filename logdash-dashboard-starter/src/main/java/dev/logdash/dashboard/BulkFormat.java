package dev.logdash.dashboard;

import dev.logdash.api.event.Headers;
import dev.logdash.api.ingest.Submission;
import dev.logdash.core.ingest.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What shippers send to the bulk API of Elasticsearch: a line that says what to do, then a line
 * with the document. Documents are added; nothing can be changed or deleted this way.
 *
 * @see <a href="https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk">Bulk
 *     API</a>
 */
final class BulkFormat {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> ADDS = Set.of("index", "create");
  private static final Set<String> ACTIONS = Set.of("index", "create", "update", "delete");
  private static final int MAX_ITEMS = 100_000;
  private static final int MAX_ID = 512;

  private final int maxLineBytes;

  BulkFormat(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  Body read(InputStream in, String dataset, String source, String index) {
    return new Body(new LineReader(in, 0, maxLineBytes), dataset, source, index);
  }

  private record Action(String name, String index, String id) {}

  /** The items of one body, and the answer that goes with them. */
  static final class Body implements IngestRun.Items {
    private final LineReader reader;
    private final String dataset;
    private final String source;
    private final String index;
    private final List<Action> actions = new ArrayList<>();

    private Body(LineReader reader, String dataset, String source, String index) {
      this.reader = reader;
      this.dataset = dataset;
      this.source = source;
      this.index = index;
    }

    @Override
    public IngestRun.@Nullable Item next() throws IOException {
      do {
        if (!reader.next(true)) {
          return null;
        }
      } while (reader.length() == 0);
      if (actions.size() == MAX_ITEMS) {
        throw Problem.tooLarge("the body has more than " + MAX_ITEMS + " items");
      }
      Action action = action(reader.copy());
      int place = actions.size();
      actions.add(action);
      boolean hasDocument = !action.name().equals("delete");
      if (hasDocument && !reader.next(true)) {
        return new IngestRun.Item(place, null, "the document is missing");
      }
      if (!ADDS.contains(action.name())) {
        return new IngestRun.Item(place, null, "logs are only added: no " + action.name());
      }
      if (reader.fullLength() > reader.length()) {
        return new IngestRun.Item(
            place, null, "the document has more than " + reader.length() + " bytes");
      }
      if (action.id().length() > MAX_ID) {
        return new IngestRun.Item(place, null, "the _id has more than " + MAX_ID + " bytes");
      }
      byte[] document = reader.copy();
      if (document.length == 0 || document[0] != '{') {
        return new IngestRun.Item(place, null, "the document is no JSON object");
      }
      return new IngestRun.Item(place, submission(document, action), "");
    }

    Reply answer(IngestRun run, long startedNanos) {
      Map<Integer, String> refused = new HashMap<>();
      run.refused().forEach(item -> refused.put(item.index(), item.reason()));
      byte[] answer =
          Json.object(
              json -> {
                json.writeNumberProperty(
                    "took", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
                json.writeBooleanProperty("errors", !refused.isEmpty());
                json.writeArrayPropertyStart("items");
                for (int i = 0; i < actions.size(); i++) {
                  write(json, actions.get(i), refused.get(i));
                }
                json.writeEndArray();
              });
      return new Reply.Body(200, Reply.JSON, answer, ShipperRoutes.PRODUCT);
    }

    private void write(JsonGenerator json, Action action, @Nullable String refusal) {
      json.writeStartObject();
      json.writeObjectPropertyStart(action.name());
      Json.text(json, "_index", action.index().isEmpty() ? index : action.index());
      Json.text(json, "_id", action.id());
      if (refusal == null) {
        json.writeStringProperty("result", "created");
        json.writeNumberProperty("status", 201);
      } else {
        boolean full = refusal.equals(IngestRun.FULL);
        json.writeNumberProperty("status", full ? 429 : 400);
        json.writeObjectPropertyStart("error");
        json.writeStringProperty(
            "type", full ? "es_rejected_execution_exception" : "illegal_argument_exception");
        Json.text(json, "reason", refusal);
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeEndObject();
    }

    private Submission submission(byte[] document, Action action) {
      Submission submission = Submission.of(document, source).withDataset(dataset);
      return action.id().isEmpty()
          ? submission
          : submission.withHeaders(Map.of(Headers.EVENT_ID, action.id()));
    }

    // A line that is no action leaves unclear what the lines behind it are.
    private static Action action(byte[] line) {
      try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
        if (json.nextToken() == JsonToken.START_OBJECT
            && json.nextToken() == JsonToken.PROPERTY_NAME
            && ACTIONS.contains(json.currentName())) {
          String name = json.currentName();
          if (json.nextToken() == JsonToken.START_OBJECT) {
            return target(name, json);
          }
        }
      } catch (JacksonException e) {
        // Told like any other line that is no action.
      }
      throw Problem.badRequest("bulk", "an action was expected, such as {\"create\":{}}");
    }

    private static Action target(String name, JsonParser json) {
      String index = "";
      String id = "";
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String member = json.currentName();
        JsonToken value = json.nextToken();
        if (member.equals("_index") && value.isScalarValue()) {
          index = json.getString();
        } else if (member.equals("_id") && value.isScalarValue()) {
          id = json.getString();
        } else {
          json.skipChildren();
        }
      }
      return new Action(name, index, id);
    }
  }
}
