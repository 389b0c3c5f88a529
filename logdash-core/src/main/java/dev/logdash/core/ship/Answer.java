package dev.logdash.core.ship;

import dev.logdash.api.error.BackendException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a server says became of a batch.
 *
 * @param accepted how many records it has
 * @param refused those that it will never take, and, where it filled up, those it did not take yet
 */
record Answer(int accepted, List<Refused> refused) {

  /** The reason of a record that may be sent again. */
  static final String FULL = "full";

  private static final JsonFactory JSON = new JsonFactory();

  Answer {
    refused = List.copyOf(refused);
  }

  /**
   * A record that was refused.
   *
   * @param index its place in the batch, from 0
   */
  record Refused(int index, String reason) {}

  /**
   * Reads an answer to a batch of a size.
   *
   * @throws BackendException.Unavailable if it is none, or not one to this batch
   */
  static Answer read(byte[] body, int size) {
    int accepted = -1;
    List<Refused> refused = new ArrayList<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          JsonToken value = json.nextToken();
          if (name.equals("accepted") && value == JsonToken.VALUE_NUMBER_INT) {
            accepted = json.getIntValue();
          } else if (name.equals("rejected") && value == JsonToken.START_ARRAY) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              refused.add(refused(json, size));
            }
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (JacksonException e) {
      throw foreign(e);
    }
    long distinct = refused.stream().mapToInt(Refused::index).distinct().count();
    if (distinct != refused.size() || accepted + refused.size() != size) {
      throw foreign(null);
    }
    return new Answer(accepted, refused);
  }

  /** Whether the server filled up on the way. */
  boolean isFull() {
    return refused.stream().anyMatch(item -> item.reason().equals(FULL));
  }

  private static Refused refused(JsonParser json, int size) {
    int index = -1;
    String reason = "";
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
        index = json.getIntValue();
      } else if (name.equals("reason") && value == JsonToken.VALUE_STRING) {
        reason = json.getString();
      } else {
        json.skipChildren();
      }
    }
    if (index < 0 || index >= size) {
      throw foreign(null);
    }
    return new Refused(index, reason);
  }

  private static BackendException foreign(@Nullable Throwable cause) {
    return new BackendException.Unavailable("the answer is not that of a logdash", cause);
  }
}
